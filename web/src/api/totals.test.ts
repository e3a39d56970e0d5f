import { QueryClient } from '@tanstack/react-query';
import { beforeEach, expect, it } from 'vitest';
import { keys } from './keys';
import { movedTotals } from './totals';

const totals = [{ key: 'totalInteractions', totalOf: 'note' }, { key: 'name' }];
const byName = keys.list('contact', { sortBy: 'name' });
const others = keys.list('contact', { sortBy: 'name', page: 2 });
const endless = keys.list('contact', { sortBy: 'name', limit: 5 });
const busiest = keys.list('contact', { sortBy: 'totalInteractions' });
let client: QueryClient;

beforeEach(() => {
  client = new QueryClient();
  client.setQueryData(keys.meta, {
    entities: [
      { name: 'contact', titleField: 'name', fields: totals, timeline: ['note'] },
      {
        name: 'product',
        titleField: 'name',
        fields: [{ key: 'n', totalOf: 'proposal' }],
        timeline: [],
      },
      { name: 'note', titleField: 'body', fields: [{ key: 'body' }], timeline: [] },
    ],
  });
  client.setQueryData(byName, { data: [{ id: 'a' }] });
  client.setQueryData(others, { data: [{ id: 'b' }] });
  client.setQueryData(endless, { pages: [{ data: [{ id: 'b' }] }, { data: [{ id: 'a' }] }] });
  client.setQueryData(busiest, { data: [{ id: 'b' }] });
});

it('asks again for whom a note is about, where they stand and where they may stand now', () => {
  const stale = movedTotals(client, 'note', ['a']);

  expect(stale).toEqual([keys.detail('contact', 'a'), byName, endless, busiest]);
});

it('asks for all whose totals may have moved when an event names nobody', () => {
  expect(movedTotals(client, 'note')).toEqual([keys.all('contact')]);
  expect(movedTotals(client, 'proposal', ['a'])).toEqual([keys.all('product')]);
});

it('leaves alone what has no totals of it, and what is about nobody', () => {
  expect(movedTotals(client, 'contact', ['a'])).toEqual([]);
  expect(movedTotals(client, 'note', [])).toEqual([]);
});
