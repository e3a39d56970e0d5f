import { expect, it } from 'vitest';
import { grown } from './useColumnWidths';

const columns = [
  { id: 'name', size: 200 },
  { id: 'city', size: 100 },
];

it('shares what is left of the window, each by its own measure', () => {
  expect(grown(columns, {}, 600)).toEqual({ name: 400, city: 200 });
});

it('leaves a column that somebody has sized as it is', () => {
  expect(grown(columns, { city: 150 }, 600)).toEqual({ name: 450 });
});

it('never makes a column narrower than it was declared', () => {
  expect(grown(columns, {}, 250)).toEqual({ name: 200, city: 100 });
});
