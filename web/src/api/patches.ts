import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { keys } from './keys';
import { movedLists, type QueryKey } from './questions';
import { withValue } from './records';
import { createSettler } from './settle';
import { movedTotals } from './totals';
import type { Meta } from './types';

/** What the server tells of a change (Socket.IO payload). */
export interface RemoteEvent {
  id?: string;
  entity?: string;
  entityId?: string;
  version?: number;
  actorId?: string | null;
  operationId?: string | null;
  /** Other records in whose timelines it stands. */
  about?: string[];
  changes?: Record<string, unknown>;
  /** Of progress, which carries the whole work. */
  state?: string;
  dryRun?: boolean;
}

/** What is stale after an event besides the records and lists of its own entity. */
export type Refreshes = (event: RemoteEvent, me: string) => QueryKey[];
/** By entity, as the modules say it. */
export type RefreshesOf = (entity: string) => Refreshes | undefined;

/** Long work that changes nobody's records. */
const READING = 'export';

interface Row {
  id: string;
  version?: number;
}
interface Page {
  data: Row[];
}
type ListData = Page | InfiniteData<Page> | undefined;

const FINISHED = new Set(['done', 'failed', 'undone', 'cancelled']);

/** Applies events to the query cache: rows in place once a frame, lists and counts once a moment. */
export function createPatcher(client: QueryClient, me: string, refreshesOf: RefreshesOf) {
  const askAgain = createSettler(client);
  let queue: [string, RemoteEvent][] = [];

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
    const others = refreshesOf(entity)?.(event, me) ?? [];
    others.forEach((queryKey) => askAgain({ queryKey }));
    const lines = [event.entityId ?? [], event.about ?? []].flat();
    lines.forEach((id) => askAgain({ queryKey: keys.timeline(id) }));
    if (what === 'bulk') return many(entity);
    moved(entity, event.about ?? []);
    const isTold = Object.keys(event.changes ?? {}).length > 0;
    if (what === 'updated' && event.entityId && isTold) {
      return updated(entity, event.entityId, event);
    }
    // Deleted, or given to somebody else and out of reach from now on: what shows it asks again and
    // is told that it is not there. It asks, too, when nobody says what became of it: of some
    // entities the log keeps no values.
    const isGone = what === 'deleted' || what === 'gone';
    if (isGone && event.entityId) dropRow(client, entity, event.entityId);
    if ((isGone || what === 'updated') && event.entityId) {
      askAgain({ queryKey: keys.detail(entity, event.entityId) });
    }
    // What others add waits behind a pill: a list must not jump under somebody's eyes.
    const added = what === 'created' && event.entityId && event.actorId !== me;
    if (added) announce(client, entity, event.entityId!);
    askAgain({ queryKey: keys.lists(entity), loose: Boolean(added) });
    askAgain({ queryKey: keys.stats(entity) });
  }

  /** In place where it stands; asked again only where it may stand elsewhere now. */
  function updated(entity: string, id: string, event: RemoteEvent): void {
    const changed = Object.keys(event.changes ?? {});
    patchRow(client, entity, id, event);
    if (event.actorId !== me) touch(client, entity, id);
    movedLists(client, entity, changed).forEach((queryKey) => askAgain({ queryKey, exact: true }));
    const declared = client
      .getQueryData<Meta>(keys.meta)
      ?.entities.find((one) => one.name === entity);
    if (declared?.counters.some((key) => changed.includes(key))) {
      askAgain({ queryKey: keys.stats(entity) });
    }
  }

  /** Progress is no event of the log: it carries the whole work, which is of one entity. */
  function progress(subject: string, { id, ...row }: RemoteEvent): void {
    if (!id) return;
    patchRow(client, subject, id, { changes: { id, ...row } });
    if (!FINISHED.has(row.state ?? '')) return;
    askAgain({ queryKey: keys.all(subject) });
    if (row.entity && !row.dryRun && subject !== READING) many(row.entity);
  }

  /** Of many changed at once nobody is told which: an open record may be among them. */
  function many(entity: string): void {
    askAgain({ queryKey: keys.all(entity) });
    askAgain({ queryKey: keys.timelines });
    moved(entity);
  }

  function moved(entity: string, about?: string[]): void {
    movedTotals(client, entity, about).forEach((queryKey) => askAgain({ queryKey }));
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
