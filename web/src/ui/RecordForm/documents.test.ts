import { expect, it } from 'vitest';
import {
  checkCnpj,
  checkCpf,
  checkDocument,
  checkPostalCode,
  maskCnpj,
  maskCpf,
  maskDocument,
  maskPostalCode,
} from './documents';

it.each([
  ['529.982.247-25', null],
  ['52998224725', null],
  ['529.982.247-24', 'check_digit'],
  ['111.111.111-11', 'check_digit'],
  ['529.982.247', 'format'],
  ['529.982.247-2A', 'format'],
])('CPF %s: %s', (text, expected) => {
  expect(checkCpf(text)).toBe(expected);
});

it.each([
  ['11.222.333/0001-81', null],
  ['11222333000181', null],
  ['12.ABC.345/01DE-35', null],
  ['12abc34501de35', null],
  ['12.ABC.345/01DE-36', 'check_digit'],
  ['11.222.333/0001-82', 'check_digit'],
  ['00000000000000', 'check_digit'],
  ['12.ABC.345/01DE-3A', 'format'],
])('CNPJ %s: %s', (text, expected) => {
  expect(checkCnpj(text)).toBe(expected);
});

it.each([
  ['01310-100', null],
  ['01.310-100', null],
  ['01310100', null],
  ['1310-100', 'format'],
  ['01310-1000', 'format'],
  ['00310-100', 'format'],
  ['0131O-100', 'format'],
])('CEP %s: %s', (text, expected) => {
  expect(checkPostalCode(text)).toBe(expected);
});

it('tells people and companies apart', () => {
  expect(checkDocument('529.982.247-25')).toBeNull();
  expect(checkDocument('12.ABC.345/01DE-35')).toBeNull();
  expect(checkDocument('1234')).toBe('format');
});

it('groups while it is typed', () => {
  expect(maskCpf('5299')).toBe('529.9');
  expect(maskCpf('52998224725999')).toBe('529.982.247-25');
  expect(maskCnpj('12abc34501de35')).toBe('12.ABC.345/01DE-35');
  expect(maskDocument('52998224725')).toBe('529.982.247-25');
  expect(maskPostalCode('013101')).toBe('01310-1');
  expect(maskPostalCode('01310100')).toBe('01310-100');
  expect(maskDocument('112223330001')).toBe('11.222.333/0001');
});
