import { act, renderHook } from '@testing-library/react';
import { expect, it } from 'vitest';
import { pagesAround } from './pages';
import { nextSort } from './types';
import { useSelection } from './useSelection';
import { useSteadyRows } from './useSteadyRows';

it('goes up, down, and back to the order of the list', () => {
  expect(nextSort(undefined, 'name')).toBe('name');
  expect(nextSort('name', 'name')).toBe('-name');
  expect(nextSort('-name', 'name')).toBeUndefined();
  expect(nextSort('-name', 'company')).toBe('company');
});

it.each([
  [1, 3, [1, 2, 3]],
  [1, 20, [1, 2, 3, 4, '…', 20]],
  [10, 20, [1, '…', 9, 10, 11, '…', 20]],
  [20, 20, [1, '…', 17, 18, 19, 20]],
  [1, 1, [1]],
])('page %i of %i', (page, last, expected) => {
  expect(pagesAround(page, last)).toEqual(expected);
});

const page = ['a', 'b', 'c', 'd', 'e'];

it('chooses a range with Shift, and everything beyond the page', () => {
  const { result } = renderHook(() => useSelection(page, 'all'));

  act(() => result.current.toggle('b'));
  act(() => result.current.toggle('d', true));
  expect([...result.current.ids]).toEqual(['b', 'c', 'd']);
  expect(result.current.page).toBe('some');

  act(() => result.current.togglePage());
  expect(result.current.page).toBe('all');
  act(() => result.current.selectEverything());
  expect(result.current.has('elsewhere')).toBe(true);

  act(() => result.current.toggle('c'));
  expect(result.current.everything).toBe(false);
  expect([...result.current.ids].sort()).toEqual(['a', 'b', 'd', 'e']);
});

it('keeps the choice over pages, and drops it with another question', () => {
  const { result, rerender } = renderHook(({ ids, scope }) => useSelection(ids, scope), {
    initialProps: { ids: page, scope: 'all' },
  });
  act(() => result.current.toggle('a'));

  rerender({ ids: ['f', 'g'], scope: 'all' });
  expect(result.current.ids.has('a')).toBe(true);

  rerender({ ids: ['f', 'g'], scope: 'status=active' });
  expect(result.current.ids.size).toBe(0);
});

const rows = (...names: string[]) => names.map((id) => ({ id }));
const mouse = { pointerType: 'mouse' } as never;

it('moves nothing under the pointer, and lets go when it leaves', () => {
  const { result, rerender } = renderHook(({ list, scope }) => useSteadyRows(list, scope), {
    initialProps: { list: rows('a', 'b', 'c'), scope: 'x' },
  });
  act(() => result.current.hold.onPointerEnter(mouse));

  rerender({ list: rows('new', 'a', 'c'), scope: 'x' });
  expect(result.current.rows.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  expect([...result.current.gone]).toEqual(['b']);
  expect(result.current.waiting).toBe(1);

  act(() => result.current.hold.onPointerLeave());
  expect(result.current.rows.map(({ id }) => id)).toEqual(['new', 'a', 'c']);
});

it('shows the effect of my own act at once', () => {
  const { result, rerender } = renderHook(({ list, scope }) => useSteadyRows(list, scope), {
    initialProps: { list: rows('a', 'b'), scope: 'before' },
  });
  act(() => result.current.hold.onPointerEnter(mouse));

  rerender({ list: rows('b'), scope: 'after' });
  expect(result.current.rows.map(({ id }) => id)).toEqual(['b']);
});
