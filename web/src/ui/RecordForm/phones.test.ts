import { expect, it } from 'vitest';
import { checkPhone, maskPhone } from './phones';

it.each([
  ['+55 11 99999-9999', null],
  ['11999999999', null],
  ['(11) 3333-4444', null],
  ['011 98765-4321', null],
  ['11 8765-4321', null],
  ['0800 123 4567', null],
  ['+351 912 345 678', null],
  ['23 99999-9999', 'area_code'],
  ['11 89999-9999', 'format'],
  ['9999-9999', 'format'],
  ['11 9999', 'format'],
  ['onze', 'format'],
  ['3265-4321/22', 'extension'],
  ['11 3265-4321 ramal 22', 'extension'],
])('%s: %s', (text, expected) => {
  expect(checkPhone(text)).toBe(expected);
});

it('grows into the international form, one key after the other', () => {
  let shown = '';
  const steps = [...'11999998888'].map((key) => (shown = maskPhone(shown + key)));

  expect(steps[0]).toBe('+55 1');
  expect(steps[4]).toBe('+55 11 999');
  expect(steps.at(-2)).toBe('+55 11 9999-9888');
  expect(shown).toBe('+55 11 99999-8888');
});

it('takes a pasted number in any form', () => {
  expect(maskPhone('(11) 99999-8888')).toBe('+55 11 99999-8888');
  expect(maskPhone('5511999998888')).toBe('+55 11 99999-8888');
  expect(maskPhone('1133334444')).toBe('+55 11 3333-4444');
});

it('never makes another number of one with an extension', () => {
  expect(maskPhone('3265-4321/22')).toBe('3265-4321/22');
});

it('leaves other countries and service numbers alone', () => {
  expect(maskPhone('+351912345678')).toBe('+351912345678');
  expect(maskPhone('0800 123 4567')).toBe('08001234567');
});
