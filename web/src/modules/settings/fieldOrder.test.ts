import { expect, it } from 'vitest';
import { inOrder } from './fieldOrder';

it('puts fields in the order that is wanted, and new ones behind', () => {
  const fields = ['a', 'new', 'b', 'newer', 'c'].map((id) => ({ id }));

  const order = inOrder(fields, ['c', 'a', 'gone', 'b']).map(({ id }) => id);

  expect(order).toEqual(['c', 'a', 'b', 'new', 'newer']);
});
