import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { keys } from './keys';
import { withValue } from './records';

/** What the server tells of a change (Socket.IO payload). */
export interface RemoteEvent {
  id?: string;
  entity?: string;
  entityId?: string;
  version?: number;
  actorId?: string | null;
  operationId?: string | null;
  changes?: Record<string, unknown>;
}

interface Row {
  id: string;
  version?: number;
}
interface Page {
  data: Row[];
}
type ListData = Page | InfiniteData<Page> | undefined;

const SETTLE_MS = 800;
const FINISHED = new Set(['done', 'failed', 'undone', 'cancelled']);

/** Applies events to the query cache: rows in place once a frame, lists and counts once a moment. */
export function createPatcher(client: QueryClient, me: string) {
  let queue: [string, RemoteEvent][] = [];
  const stale = new Set<string>();
  let settling = 0;

  function take(name: string, event: RemoteEvent): void {
    if (queue.push([name, event]) === 1) requestAnimationFrame(flush);
  }

  function flush(): void {
    const batch = queue;
    queue = [];
    for (const [name, event] of batch) apply(name, event);
  }

  function apply(name: string, event: RemoteEvent): void {
    const [subject = '', what = ''] = name.split('.');
    const entity = event.entity ?? subject;
    if (what === 'progress') return progress(subject, event);
    if (entity === 'note') refetchSoon(keys.timelines('contact'));
    if (entity === 'role') refetchSoon(keys.roles);
    if (entity === 'tenant') refetchSoon(keys.tenant);
    if (entity === 'user' && event.entityId === me) refetchSoon(keys.me);
    if (['tag', 'custom_field', 'user', 'team'].includes(entity)) refetchSoon(keys.meta);
    // Whose team somebody is in decides who sees their records.
    if (entity === 'user' && 'teamId' in (event.changes ?? {})) refetchSoon([]);
    if (what === 'updated' && event.entityId && event.changes) {
      patchRow(client, entity, event.entityId, event);
      if (event.actorId !== me) touch(client, entity, event.entityId);
      refetchSoon(keys.timeline(entity, event.entityId).slice(0, 3));
      if ('status' in event.changes) refetchSoon(keys.stats(entity));
      return;
    }
    // Deleted, or given to somebody else and out of reach from now on: what shows it asks again and
    // is told that it is not there.
    if ((what === 'deleted' || what === 'gone') && event.entityId) {
      dropRow(client, entity, event.entityId);
      refetchSoon(keys.detail(entity, event.entityId));
    }
    // Of many changed at once nobody is told which: an open record may be among them.
    if (what === 'bulk') return refetchSoon(keys.all(entity));
    // What others add waits behind a pill: a list must not jump under somebody's eyes.
    const added = what === 'created' && event.entityId && event.actorId !== me;
    if (added) announce(client, entity, event.entityId!);
    refetchSoon(keys.lists(entity), added ? 'loose' : 'all');
    refetchSoon(keys.stats(entity));
  }

  function progress(subject: string, event: RemoteEvent): void {
    // Progress is no event of the log: it carries the whole import or operation.
    const { id } = event;
    if (!id) return;
    const row = event as Record<string, unknown>;
    patchRow(client, subject, id, { changes: row });
    if (!FINISHED.has(String(row.state))) return;
    refetchSoon(keys.all(subject));
    refetchSoon(keys.all('contact'));
  }

  /** `loose`: not the lists that ask to be left alone (`meta.steady`). */
  function refetchSoon(key: readonly unknown[], which: 'all' | 'loose' = 'all'): void {
    stale.add(JSON.stringify([which, key]));
    settling ||= window.setTimeout(() => {
      settling = 0;
      const due = [...stale];
      stale.clear();
      for (const text of due) {
        const [reach, queryKey] = JSON.parse(text) as ['all' | 'loose', unknown[]];
        const predicate = ({ meta }: { meta?: Record<string, unknown> }) =>
          reach === 'all' || !meta?.steady;
        void client.invalidateQueries({ queryKey, predicate });
      }
    }, SETTLE_MS);
  }

  return { take, flush };
}

function patchRow(client: QueryClient, entity: string, id: string, event: RemoteEvent): void {
  const patch = <T extends Row>(row: T): T => {
    const older = (event.version ?? Infinity) <= (row.version ?? 0);
    if (row.id !== id || older) return row;
    const changed = Object.entries(event.changes ?? {}).reduce<T>(
      (before, [key, value]) => withValue(before, key, value),
      row,
    );
    return { ...changed, version: event.version ?? row.version };
  };
  client.setQueriesData<ListData>({ queryKey: keys.lists(entity) }, (list) =>
    eachPage(list, (page) => ({ ...page, data: page.data.map(patch) })),
  );
  client.setQueryData<Row>(keys.detail(entity, id), (row) => row && patch(row));
}

function dropRow(client: QueryClient, entity: string, id: string): void {
  client.setQueriesData<ListData>({ queryKey: keys.lists(entity) }, (list) =>
    eachPage(list, (page) => ({ ...page, data: page.data.filter((row) => row.id !== id) })),
  );
}

function eachPage(list: ListData, change: (page: Page) => Page): ListData {
  if (!list) return list;
  if ('pages' in list) return { ...list, pages: list.pages.map(change) };
  return Array.isArray(list.data) ? change(list) : list;
}

function announce(client: QueryClient, entity: string, id: string): void {
  client.setQueryData<string[]>(keys.arrived(entity), (ids = []) => [...ids, id]);
}

function touch(client: QueryClient, entity: string, id: string): void {
  client.setQueryData<Record<string, number>>(keys.touched(entity), (touched) => ({
    ...touched,
    [id]: Date.now(),
  }));
}
