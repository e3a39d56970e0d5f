import { expect, it } from 'vitest';
import { timeZones } from './zones';

const NOVEMBER = new Date('2026-11-26T12:00:00Z');

it('begins with Brazil, in the names that people know', () => {
  const zones = timeZones('America/Sao_Paulo', NOVEMBER);

  expect(zones[0]).toEqual({ value: 'America/Sao_Paulo', label: 'Brasília (GMT−3)' });
  expect(zones[1]).toEqual({ value: 'America/Manaus', label: 'Manaus (GMT−4)' });
});

it('offers every zone once, the chosen one among them whatever it is called', () => {
  const values = timeZones('Brazil/East', NOVEMBER).map(({ value }) => value);

  expect(values).toContain('Brazil/East');
  expect(values).toContain('Europe/Lisbon');
  expect(new Set(values).size).toBe(values.length);
});
