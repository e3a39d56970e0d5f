import { expect, it } from 'vitest';
import type { MetaField } from '@/api/types';
import {
  both,
  groupOf,
  isComplete,
  newLeaf,
  nodeOf,
  opsOf,
  readFilter,
  tidy,
  withOp,
} from './filter';

const field = (type: string, more: Partial<MetaField> = {}) =>
  ({ key: 'f', type, label: 'F', ...more }) as MetaField;
const leaf = (op: string, value?: unknown) => ({ field: 'city', op, value });

it('offers the operators of the type, and of those only what the server allows', () => {
  expect(opsOf(field('text'))[0]).toBe('contains');
  expect(opsOf(field('tags'))).toEqual(['has_any', 'has_all', 'has_none', 'empty', 'not_empty']);
  expect(opsOf(field('boolean'))).toEqual(['is']);
  expect(opsOf(field('datetime'))).toContain('last_days');
  expect(opsOf(field('text', { ops: ['is', 'empty'] }))).toEqual(['is', 'empty']);
});

it('starts a condition with the first operator; yes or no is yes', () => {
  expect(newLeaf(field('choice'))).toEqual({ field: 'f', op: 'any_of' });
  expect(newLeaf(field('boolean'))).toEqual({ field: 'f', op: 'is', value: true });
});

it.each([
  [leaf('contains', 'Paulo'), true],
  [leaf('contains', ''), false],
  [leaf('empty'), true],
  [leaf('any_of', []), false],
  [leaf('any_of', ['a']), true],
  [leaf('between', [1]), false],
  [leaf('between', [0, 5]), true],
  [leaf('is', false), true],
  [leaf('is', 0), true],
  [leaf('is', { unreadable: 'dez' }), false],
])('%j is complete: %s', (node, expected) => {
  expect(isComplete(node)).toBe(expected);
});

it('drops what is unfinished and groups that say nothing', () => {
  const filter = {
    and: [leaf('contains', 'Paulo'), leaf('is', ''), { or: [] }, { or: [leaf('empty', 'rest')] }],
  };

  expect(tidy(filter)).toEqual({
    and: [
      { field: 'city', op: 'contains', value: 'Paulo' },
      { field: 'city', op: 'empty' },
    ],
  });
  expect(tidy({ and: [leaf('is', '')] })).toBeUndefined();
  expect(tidy({ or: [leaf('is', 'x')] })).toEqual({ field: 'city', op: 'is', value: 'x' });
});

it('flattens and in and, and keeps or in and', () => {
  const a = leaf('is', 'a');
  const b = leaf('is', 'b');
  const c = leaf('is', 'c');

  expect(both({ and: [a, b] }, c)).toEqual({ and: [a, b, c] });
  expect(both({ or: [a, b] }, c)).toEqual({ and: [{ or: [a, b] }, c] });
  expect(both(undefined, undefined)).toBeUndefined();
});

it('keeps the value when the operator changes and it still fits', () => {
  expect(withOp(leaf('is', 'x'), 'any_of')).toEqual(leaf('any_of', ['x']));
  expect(withOp(leaf('any_of', ['x', 'y']), 'is')).toEqual(leaf('is', 'x'));
  expect(withOp(leaf('contains', 'x'), 'starts_with')).toEqual(leaf('starts_with', 'x'));
  expect(withOp(leaf('contains', 'x'), 'empty')).toEqual({ field: 'city', op: 'empty' });
  expect(withOp(leaf('is', 5), 'between')).toEqual({ field: 'city', op: 'between' });
});

it('shows a lone condition and a group alike', () => {
  expect(groupOf(leaf('is', 'a'))).toEqual({ join: 'and', items: [leaf('is', 'a')] });
  expect(nodeOf({ join: 'or', items: [leaf('is', 'a')] })).toEqual({ or: [leaf('is', 'a')] });
});

it('takes from an address only what looks like a filter', () => {
  const filter = { or: [{ field: 'a', op: 'is', value: 1 }, 'nonsense', { and: [null] }] };

  expect(readFilter(filter)).toEqual({ or: [{ field: 'a', op: 'is', value: 1 }, { and: [] }] });
  expect(readFilter('text')).toBeUndefined();
  expect(readFilter({ field: 'a' })).toBeUndefined();
});
