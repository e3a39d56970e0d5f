import { expect, it } from 'vitest';
import { inOrder, moved } from './fieldOrder';

it('moves one item and keeps the others in order', () => {
  expect(moved(['a', 'b', 'c', 'd'], 0, 2)).toEqual(['b', 'c', 'a', 'd']);
  expect(moved(['a', 'b', 'c', 'd'], 3, 1)).toEqual(['a', 'd', 'b', 'c']);
});

it('puts fields in the order that is wanted, and new ones behind', () => {
  const fields = ['a', 'new', 'b', 'newer', 'c'].map((id) => ({ id }));

  const order = inOrder(fields, ['c', 'a', 'gone', 'b']).map(({ id }) => id);

  expect(order).toEqual(['c', 'a', 'b', 'new', 'newer']);
});
