import { expect, it } from 'vitest';
import { partOfDay } from './partOfDay';

it.each([
  ['2026-11-28T07:59:00Z', 'night'],
  ['2026-11-28T08:00:00Z', 'morning'],
  ['2026-11-28T14:59:00Z', 'morning'],
  ['2026-11-28T15:00:00Z', 'afternoon'],
  ['2026-11-28T20:59:00Z', 'afternoon'],
  ['2026-11-28T21:00:00Z', 'night'],
  ['2026-11-28T03:30:00Z', 'night'],
])('%s in São Paulo is %s', (at, part) => {
  expect(partOfDay(new Date(at), 'America/Sao_Paulo')).toBe(part);
});

it('goes by the zone of the company', () => {
  expect(partOfDay(new Date('2026-11-28T15:30:00Z'), 'America/Manaus')).toBe('morning');
});
