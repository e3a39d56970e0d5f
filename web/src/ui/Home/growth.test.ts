import { expect, it } from 'vitest';
import { growthOf, lineOf } from './growth';

it('says how much more or less there is than before', () => {
  expect(growthOf(15, 10)).toBe(0.5);
  expect(growthOf(5, 10)).toBe(-0.5);
  expect(growthOf(10, 10)).toBe(0);
});

it('says nothing when there was nothing before, or nobody knows', () => {
  expect(growthOf(10, 0)).toBeUndefined();
  expect(growthOf(10, undefined)).toBeUndefined();
});

it('draws a line from the first to the last value', () => {
  expect(lineOf([0, 10, 5], 80, 20)).toBe('M0 20L40 0L80 10');
});

it('runs through the middle when nothing moves', () => {
  expect(lineOf([3, 3], 80, 20)).toBe('M0 10L80 10');
  expect(lineOf([3], 80, 20)).toBe('M0 10');
});
