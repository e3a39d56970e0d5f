import { expect, it } from 'vitest';
import { healthOf, nameOf, wordOf, type Delivery } from './deliveryState';

type Last = Pick<Delivery, 'state' | 'tries'>;

const waiting: Last = { state: 'waiting', tries: 0 };
const retried: Last = { state: 'waiting', tries: 2 };
const delivered: Last = { state: 'delivered', tries: 1 };
const dead: Last = { state: 'dead', tries: 10 };
const on = { active: true, pausedFor: null };

it.each<[string, Last[]]>([
  ['unused', []],
  ['unused', [waiting]],
  ['ok', [waiting, delivered, dead]],
  ['stuck', [retried, delivered]],
  ['stuck', [waiting, dead, delivered]],
])('is %s by what was tried last', (health, last) => {
  expect(healthOf(on, last)).toBe(health);
});

it('is off, or paused for a reason, whatever was delivered', () => {
  expect(healthOf({ active: false, pausedFor: null }, [delivered])).toBe('off');
  expect(healthOf({ active: false, pausedFor: 'gone' }, [delivered])).toBe('gone');
});

it('tells what waits for the first time from what is tried again', () => {
  expect([waiting, retried, delivered, dead].map(wordOf)).toEqual([
    'waiting',
    'retrying',
    'delivered',
    'dead',
  ]);
});

it('is called by its name, else by its host, else by what was typed', () => {
  expect(nameOf({ name: 'Loja', url: 'https://loja.com.br/x' })).toBe('Loja');
  expect(nameOf({ name: null, url: 'https://loja.com.br:8443/x' })).toBe('loja.com.br:8443');
  expect(nameOf({ name: null, url: 'loja' })).toBe('loja');
});
