import { QueryClient } from '@tanstack/react-query';
import { beforeEach, expect, it, vi } from 'vitest';
import { keys } from './keys';
import { createPatcher } from './patches';

const list = keys.list('contact', { page: 1 });
const ana = { id: 'a', name: 'Ana', status: 'prospect', version: 3 };
const bia = { id: 'b', name: 'Bia', status: 'active', version: 1 };
let client: QueryClient;

beforeEach(() => {
  client = new QueryClient();
  client.setQueryData(list, { data: [ana, bia], pagination: { limit: 20 } });
  client.setQueryData(keys.detail('contact', 'a'), ana);
});

const rows = () => client.getQueryData<{ data: object[] }>(list)!.data;

function receive(name: string, event: object): void {
  const patcher = createPatcher(client, 'me');
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

it('asks again for everything when somebody moves to another team', () => {
  vi.useFakeTimers();
  receive('user.updated', { entity: 'user', entityId: 'u', changes: { teamId: 't' } });
  vi.runAllTimers();

  expect(client.getQueryState(list)?.isInvalidated).toBe(true);
  vi.useRealTimers();
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
