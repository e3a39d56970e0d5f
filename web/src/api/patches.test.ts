import { QueryClient } from '@tanstack/react-query';
import { beforeEach, expect, it, vi } from 'vitest';
import { keys } from './keys';
import { createPatcher, type RefreshesOf } from './patches';

const list = keys.list('contact', { page: 1 });
const ana = { id: 'a', name: 'Ana', status: 'prospect', version: 3 };
const bia = { id: 'b', name: 'Bia', status: 'active', version: 1 };
const refreshesOf: RefreshesOf = (entity) =>
  entity === 'member' ? ({ changes = {} }) => ('teamId' in changes ? [[]] : []) : undefined;
let client: QueryClient;

beforeEach(() => {
  client = new QueryClient();
  client.setQueryData(list, { data: [ana, bia], pagination: { limit: 20 } });
  client.setQueryData(keys.detail('contact', 'a'), ana);
});

const rows = () => client.getQueryData<{ data: object[] }>(list)!.data;

function receive(name: string, event: object): void {
  const patcher = createPatcher(client, 'me', refreshesOf);
  patcher.take(name, event);
  patcher.flush();
}

it('changes the row and the open record in place', () => {
  receive('contact.updated', {
    entity: 'contact',
    entityId: 'a',
    version: 4,
    actorId: 'other',
    changes: { status: 'active' },
  });

  expect(rows()).toEqual([{ ...ana, status: 'active', version: 4 }, bia]);
  expect(client.getQueryData(keys.detail('contact', 'a'))).toMatchObject({ status: 'active' });
  expect(client.getQueryData(keys.touched('contact'))).toHaveProperty('a');
});

it('ignores what is older than the row', () => {
  receive('contact.updated', {
    entity: 'contact',
    entityId: 'a',
    version: 3,
    changes: { name: 'Old' },
  });

  expect(rows()).toEqual([ana, bia]);
});

it('does not flash what I changed myself', () => {
  receive('contact.updated', {
    entity: 'contact',
    entityId: 'a',
    version: 4,
    actorId: 'me',
    changes: { name: 'Ana M.' },
  });

  expect(client.getQueryData(keys.touched('contact'))).toBeUndefined();
});

it('takes a deleted row away', () => {
  receive('contact.deleted', { entity: 'contact', entityId: 'b' });

  expect(rows()).toEqual([ana]);
});

it('takes a row away that is out of reach now, and asks again for the open record', () => {
  vi.useFakeTimers();
  receive('contact.gone', { entity: 'contact', entityId: 'a' });
  vi.runAllTimers();

  expect(rows()).toEqual([bia]);
  expect(client.getQueryState(keys.detail('contact', 'a'))?.isInvalidated).toBe(true);
  vi.useRealTimers();
});

it('asks again for the open record when many were changed at once', () => {
  vi.useFakeTimers();
  receive('contact.bulk', { entity: 'contact', count: 3 });
  vi.runAllTimers();

  expect(client.getQueryState(keys.detail('contact', 'a'))?.isInvalidated).toBe(true);
  vi.useRealTimers();
});

/** What is asked again a moment after an event. */
function staleAfter(name: string, event: object): (key: readonly unknown[]) => boolean {
  vi.useFakeTimers();
  receive(name, event);
  vi.runAllTimers();
  vi.useRealTimers();
  return (key) => client.getQueryState(key)?.isInvalidated === true;
}

it('asks again for a record of which nobody says what it became', () => {
  const isStale = staleAfter('contact.updated', {
    ...{ entity: 'contact', entityId: 'a', version: 4, changes: {} },
  });

  expect(rows()).toEqual([ana, bia]);
  expect(isStale(keys.detail('contact', 'a'))).toBe(true);
  expect(isStale(list)).toBe(true);
});

it('asks again for what a module says is stale', () => {
  const isStale = staleAfter('member.updated', { entityId: 'u', changes: { teamId: 't' } });

  expect(isStale(list)).toBe(true);
});

it('asks again for an open record whose totals a new note moved', () => {
  const fields = [{ key: 'totalInteractions', totalOf: 'note' }];
  const contact = { name: 'contact', titleField: 'name', counters: [], fields, timeline: ['note'] };
  client.setQueryData(keys.meta, { entities: [contact] });

  const isStale = staleAfter('note.created', { entityId: 'n', actorId: 'me', about: ['a'] });

  expect(isStale(keys.detail('contact', 'a'))).toBe(true);
});

const changed = (changes: object) => ({ entityId: 'a', version: 4, actorId: 'other', changes });
const asks = (query: object) => {
  const key = keys.list('contact', query);
  client.setQueryData(key, { data: [ana] });
  return key;
};

it('leaves lists alone whose question a change does not touch', () => {
  const byName = asks({ sortBy: 'name', filter: { field: 'city', op: 'is', value: 'Recife' } });

  const isStale = staleAfter('contact.updated', changed({ status: 'active' }));

  expect(isStale(byName)).toBe(false);
  expect(isStale(list)).toBe(false);
});

it('asks again where a row may be elsewhere now: filtered, sorted, searched by what changed', () => {
  const declared = { name: 'contact', titleField: 'name', counters: ['status'] };
  const fields = [{ key: 'status', searchable: true }];
  const defaultSort = { field: 'status', order: 'asc' };
  client.setQueryData(keys.meta, { entities: [{ ...declared, fields, defaultSort }] });
  client.setQueryData(keys.stats('contact'), { total: 2 });
  const moved = [
    asks({ short: { status: 'prospect' }, sortBy: 'name' }),
    asks({ sortBy: 'status' }),
    asks({ filter: { and: [{ field: 'status', op: 'is', value: 'prospect' }] }, sortBy: 'name' }),
    asks({ search: 'pros', sortBy: 'name' }),
    asks({ limit: 5 }),
    keys.stats('contact'),
  ];
  const still = asks({ sortBy: 'name', limit: 5 });

  const isStale = staleAfter('contact.updated', changed({ status: 'active' }));

  expect(moved.map(isStale)).toEqual(moved.map(() => true));
  expect(isStale(still)).toBe(false);
});

it('asks again for lists that name the record, or are filtered across the link to it', () => {
  const declared = { titleField: 'name', counters: [], defaultSort: { field: 'id', order: 'asc' } };
  const link = { key: 'contact', target: 'contact' };
  const contact = { name: 'contact', ...declared, fields: [] };
  const deal = { name: 'deal', ...declared, titleField: 'title', fields: [link] };
  client.setQueryData(keys.meta, { entities: [contact, deal] });
  const plain = keys.list('deal', { page: 1 });
  const across = keys.list('deal', {
    filter: { field: 'contact.city', op: 'is', value: 'Recife' },
  });
  for (const key of [plain, across]) client.setQueryData(key, { data: [] });

  const afterCity = staleAfter('contact.updated', changed({ city: 'Natal' }));
  expect([plain, across].map(afterCity)).toEqual([false, true]);
  const afterName = staleAfter('contact.updated', changed({ name: 'Ana M.' }));
  expect(afterName(plain)).toBe(true);
});

it('reloads only what a finished import was of, and nothing after a trial', () => {
  const others = keys.list('product', {});
  client.setQueryData(others, { data: [] });
  const done = { id: 'i', entity: 'product', state: 'done' };

  expect(staleAfter('import.progress', { ...done, dryRun: true })(others)).toBe(false);
  const isStale = staleAfter('import.progress', done);
  expect(isStale(others)).toBe(true);
  expect(isStale(list)).toBe(false);
});

it('follows the progress of an import', () => {
  const key = keys.list('import', {});
  client.setQueryData(key, { pages: [{ data: [{ id: 'i', processed: 1 }] }], pageParams: [1] });

  receive('import.progress', { id: 'i', entity: 'contact', processed: 500, state: 'running' });

  const pages = client.getQueryData<{ pages: { data: object[] }[] }>(key)!.pages;
  expect(pages[0]!.data[0]).toMatchObject({ id: 'i', processed: 500 });
});

it('keeps what others add behind the pill, and asks again for counts only', async () => {
  vi.useFakeTimers();
  const steady = client.getQueryCache().build(client, {
    queryKey: keys.list('contact', { steady: true }),
    meta: { steady: true },
  });
  steady.setData({ data: [ana] });
  client.setQueryData(keys.stats('contact'), { total: 2 });

  receive('contact.created', { entity: 'contact', entityId: 'c', version: 1, actorId: 'other' });
  await vi.advanceTimersByTimeAsync(1000);

  expect(client.getQueryData(keys.arrived('contact'))).toEqual(['c']);
  expect(steady.state.isInvalidated).toBe(false);
  expect(client.getQueryState(list)?.isInvalidated).toBe(true);
  expect(client.getQueryState(keys.stats('contact'))?.isInvalidated).toBe(true);
  vi.useRealTimers();
});

it('puts a custom field where it lives', () => {
  receive('contact.updated', {
    entity: 'contact',
    entityId: 'a',
    version: 4,
    actorId: 'me',
    changes: { 'customFields.plano': 'Pro' },
  });

  expect(rows()[0]).toMatchObject({ customFields: { plano: 'Pro' } });
});

it('asks again for the timelines in which an event stands', () => {
  const timelines = [keys.timeline('d', {}), keys.timeline('a', { type: 'deal' })];
  const other = keys.timeline('b', {});
  [...timelines, other].forEach((key) => client.setQueryData(key, { pages: [] }));

  const isStale = staleAfter('deal.accepted', { entity: 'deal', entityId: 'd', about: ['a'] });

  expect(timelines.map(isStale)).toEqual([true, true]);
  expect(isStale(other)).toBe(false);
});

it('asks again for every open timeline when many were changed at once', () => {
  client.setQueryData(keys.timeline('a', {}), { pages: [] });

  const isStale = staleAfter('operation.progress', { id: 'o', state: 'done', entity: 'deal' });

  expect(isStale(keys.timeline('a', {}))).toBe(true);
});
