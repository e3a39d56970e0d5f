import { expect, it } from 'vitest';
import { parseDuration } from './durations';
import { writeDuration } from './format';

it.each([
  ['1h30', 5400],
  ['1:30', 5400],
  ['01:30:15', 5415],
  ['1:30h', 5400],
  ['90 min', 5400],
  ['2 h', 7200],
  ['45m', 2700],
  ['1d', 86_400],
  ['1 dia 2 horas', 93_600],
  ['2 days', 172_800],
  ['1 hora e 30 minutos', 5400],
  ['1 hour and 30 minutes', 5400],
  ['1 h 30 min.', 5400],
  ['1,5 h', 5400],
  ['1.5h', 5400],
  ['30s', 30],
  ['1m30', 90],
  ['45', 2700],
  [' 1 H 30 MIN ', 5400],
  ['0', 0],
  ['', null],
  ['  ', null],
  ['abc', undefined],
  ['1h30h', undefined],
  ['30min 1h', undefined],
  ['1:75', undefined],
  ['-1h', undefined],
  ['1 mês', undefined],
  ['1,5 s', undefined],
  ['1 h e', undefined],
  ['9999999 dias', undefined],
])('%s is %s', (typed, seconds) => {
  expect(parseDuration(typed)).toBe(seconds);
});

it.each([
  [5400, '1 h 30 min'],
  [2700, '45 min'],
  [90, '1 min 30 s'],
  [93_600, '1 d 2 h'],
  [0, '0 min'],
])('%s s are written %s, which reads back', (seconds, written) => {
  expect(writeDuration(seconds)).toBe(written);
  expect(parseDuration(written)).toBe(seconds);
});
