import { expect, it } from 'vitest';
import { moved, positionsToSave } from './fieldOrder';

it('moves one item and keeps the others in order', () => {
  expect(moved(['a', 'b', 'c', 'd'], 0, 2)).toEqual(['b', 'c', 'a', 'd']);
  expect(moved(['a', 'b', 'c', 'd'], 3, 1)).toEqual(['a', 'd', 'b', 'c']);
});

it('writes only the places that changed', () => {
  const order = ['a', 'b', 'c'].map((id, position) => ({ id, position }));

  expect(positionsToSave(moved(order, 1, 2))).toEqual([
    { id: 'c', position: 1 },
    { id: 'b', position: 2 },
  ]);
});
