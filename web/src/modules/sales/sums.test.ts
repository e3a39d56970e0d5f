import { expect, it } from 'vitest';
import { itemTotal, proposalTotal } from './sums';

const item = (quantity: unknown, unitPrice: unknown, discount: unknown = null) => ({
  ...{ quantity, unitPrice, discount },
});

it.each([
  [item(2, 50), 100],
  [item(3, 19.9, 10), 53.73],
  // Half a cent is a whole one; less is none.
  [item(1.5, 0.33), 0.5],
  [item(0.1, 0.15), 0.02],
  [item(0.1, 0.14), 0.01],
  [item(1, 10, 33.35), 6.67],
  [item(0.333, 9.99), 3.33],
  [item(1, 99, 100), 0],
  [item(0, 99), 0],
  [item(1000, 999999999.99), 999999999990],
  [item('2', '12.5'), 25],
])('%j costs %d', (values, total) => {
  expect(itemTotal(values)).toBe(total);
});

it('has no total before there is a price, and none of what is no number', () => {
  expect(itemTotal(item(1, null))).toBeNull();
  expect(itemTotal(item(null, 5))).toBeNull();
  expect(itemTotal(item('três', 5))).toBeNaN();
  expect(itemTotal(item(1e30, 5))).toBeNaN();
});

it('adds up what each item is rounded to', () => {
  expect(proposalTotal({ items: [item(0.5, 0.21), item(0.5, 0.21)] })).toBe(0.22);
  expect(proposalTotal({ items: [item(1, 0.1), item(1, 0.2), item(1, null)] })).toBe(0.3);
  expect(proposalTotal({ items: [item(1, 5), item('x', 5)] })).toBeNaN();
  expect(proposalTotal({ items: [] })).toBe(0);
  expect(proposalTotal({})).toBe(0);
});
