import { expect, it } from 'vitest';
import type { MetaEntity } from '@/api/types';
import { listQuery, readListSearch, wholeFilter } from './listSearch';

const entity = {
  name: 'contact',
  counters: ['status'],
  defaultSort: { field: 'name', order: 'asc' },
} as MetaEntity;
const presets = { new: { field: 'createdAt', op: 'last_days', value: 30 } };
const paulo = { field: 'city', op: 'contains', value: 'Paulo' };

it('reads an address, and nothing that does not belong there', () => {
  expect(
    readListSearch({ q: 'ana', page: '3', limit: 20, view: 'map', bin: 'true', sort: '', x: 1 }),
  ).toMatchObject({ q: 'ana', page: 3, limit: 20, view: undefined, bin: true, sort: undefined });
  expect(readListSearch({ page: -1, limit: 7 })).toMatchObject({
    page: undefined,
    limit: undefined,
  });
});

it('asks the server for what the address says', () => {
  const query = listQuery(
    entity,
    { q: 'ana', status: 'active', sort: '-company', page: 2 },
    presets,
  );

  expect(query).toMatchObject({
    search: 'ana',
    short: { status: 'active' },
    sortBy: 'company',
    sortOrder: 'desc',
    page: 2,
    limit: 50,
    filter: undefined,
  });
});

it('sorts as the declaration says when nobody chose', () => {
  expect(listQuery(entity, {})).toMatchObject({ sortBy: 'name', sortOrder: 'asc' });
});

it('makes one filter of status, preset and conditions', () => {
  expect(listQuery(entity, { status: 'new', filter: paulo }, presets).filter).toEqual({
    and: [presets.new, paulo],
  });
  expect(wholeFilter(entity, { status: 'active', filter: paulo }, presets)).toEqual({
    and: [{ field: 'status', op: 'is', value: 'active' }, paulo],
  });
  expect(wholeFilter(entity, {}, presets)).toBeUndefined();
});
