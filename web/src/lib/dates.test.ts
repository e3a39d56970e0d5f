import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  daysAfter,
  lastMonths,
  parseDate,
  parseDateTime,
  spansBefore,
  writeDate,
  writeDateTime,
} from './dates';
import { datePattern, setFormat } from './format';

beforeAll(() => void vi.useFakeTimers({ now: new Date('2026-11-27T12:00:00Z') }));
afterAll(() => void vi.useRealTimers());
afterEach(() => setFormat({ locale: 'pt-BR' }));

describe('a typed date', () => {
  it.each([
    ['18021975', '1975-02-18'],
    ['180275', '1975-02-18'],
    ['18/2/75', '1975-02-18'],
    ['18/02/1975', '1975-02-18'],
    ['18-02-1975', '1975-02-18'],
    ['18.2.1975', '1975-02-18'],
    [' 18 / 2 / 75 ', '1975-02-18'],
    ['18 02 1975', '1975-02-18'],
    ['1975-02-18', '1975-02-18'],
    ['1975/2/18', '1975-02-18'],
    ['1975-02-18T00:00:00Z', '1975-02-18'],
    ['1/3/26', '2026-03-01'],
    ['1/3/36', '2036-03-01'],
    ['1/3/37', '1937-03-01'],
    ['29/02/2024', '2024-02-29'],
    ['', null],
    ['  ', null],
    ['29/02/2025', undefined],
    ['31/04/2026', undefined],
    ['02/18/1975', undefined],
    ['18/02', undefined],
    ['18/02/197', undefined],
    ['18/02/19755', undefined],
    ['18/02/0975', undefined],
    ['1802', undefined],
    ['amanhã', undefined],
    ['18/02-1975/', undefined],
  ])('%s in Portuguese is %s', (typed, value) => {
    expect(parseDate(typed)).toBe(value);
  });

  it.each([
    ['02181975', '1975-02-18'],
    ['2/18/75', '1975-02-18'],
    ['02/18/1975', '1975-02-18'],
    ['1975-02-18', '1975-02-18'],
    ['18/02/1975', undefined],
  ])('%s in English is %s', (typed, value) => {
    setFormat({ locale: 'en' });
    expect(parseDate(typed)).toBe(value);
  });
});

it.each([
  ['pt-BR', '18/2/75 14:30', '1975-02-18T14:30'],
  ['pt-BR', '18021975 9h', '1975-02-18T09:00'],
  ['pt-BR', '18/02/1975, 9h05', '1975-02-18T09:05'],
  ['pt-BR', '1975-02-18T14:30', '1975-02-18T14:30'],
  ['pt-BR', '1975-02-18 14:30:59', '1975-02-18T14:30'],
  ['pt-BR', '18/2/75', '1975-02-18T00:00'],
  ['pt-BR', '', null],
  ['pt-BR', '18/2/75 25:00', undefined],
  ['pt-BR', '14:30', undefined],
  ['pt-BR', '18/2/75 cedo', undefined],
  ['en', '2/18/75 2:30 PM', '1975-02-18T14:30'],
  ['en', '2/18/1975 12:05am', '1975-02-18T00:05'],
  ['en', '2/18/75 14:30', '1975-02-18T14:30'],
  ['en', '2/18/75 14:30 PM', undefined],
])('%s: %s with its time is %s', (locale, typed, value) => {
  setFormat({ locale });
  expect(parseDateTime(typed)).toBe(value);
});

it.each([
  ['pt-BR', 'dd/mm/aaaa', '18/02/1975', '18/02/1975 14:05'],
  ['en', 'mm/dd/yyyy', '02/18/1975', '02/18/1975 2:05 PM'],
])('%s: stands as %s', (locale, pattern, day, moment) => {
  setFormat({ locale });

  expect(datePattern()).toBe(pattern);
  expect(writeDate('1975-02-18')).toBe(day);
  expect(writeDateTime('1975-02-18T14:05')).toBe(moment);
  expect(parseDate(day)).toBe('1975-02-18');
  expect(parseDateTime(moment)).toBe('1975-02-18T14:05');
});

it('counts days over the ends of months and years', () => {
  expect(daysAfter('2026-12-30', 3)).toBe('2027-01-02');
  expect(daysAfter('2028-03-01', -1)).toBe('2028-02-29');
});

it('knows the last months by their first and last days', () => {
  expect(lastMonths('2027-01-15', 3)).toEqual([
    ['2026-11-01', '2026-11-30'],
    ['2026-12-01', '2026-12-31'],
    ['2027-01-01', '2027-01-31'],
  ]);
});

it('knows the spans before the one that ends today', () => {
  expect(spansBefore('2026-11-28', 30, 2)).toEqual([
    ['2026-08-31', '2026-09-29'],
    ['2026-09-30', '2026-10-29'],
  ]);
});
