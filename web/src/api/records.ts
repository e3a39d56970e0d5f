import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { bodyOf, seen, send } from './client';
import { keys } from './keys';
import type { MetaEntity, MetaField, Operation, Pagination, Schema } from './types';

/** A record of any entity that /meta declares; its fields are known only at run time. */
export interface RecordRow {
  id: string;
  version?: number;
  customFields?: Record<string, unknown>;
  [key: string]: unknown;
}
export interface RecordPage<Row extends RecordRow = RecordRow> {
  data: Row[];
  pagination: Pagination;
}
export type HistoryEntry = Schema<'HistoryEntry'>;
export type TimelineEntry = Schema<'TimelineEntry'>;
/** What a link points to, as answers say it beside its id; without a title it may not be read. */
export type Linked = Schema<'Linked'>;

export interface ListQuery {
  page?: number;
  limit?: number;
  search?: string;
  sortBy?: string;
  sortOrder?: 'asc' | 'desc';
  filter?: object;
  deleted?: boolean;
  /** Where the page before ended. */
  cursor?: string;
  /** Short filters of choice, link and boolean fields: `status: 'active'`. */
  short?: Record<string, string>;
}

export interface Bulk {
  action: 'update' | 'delete' | 'restore';
  ids?: string[];
  filter?: object;
  search?: string;
  /** Of the recycle bin. */
  deleted?: boolean;
  values?: Record<string, unknown>;
}

const CUSTOM = 'customFields.';

/** The fields of an entity; custom ones under the name that filters and errors use. */
export const fieldsOf = (entity: MetaEntity): MetaField[] =>
  entity.fields.map((field) =>
    field.custom && !field.key.startsWith(CUSTOM) ? { ...field, key: CUSTOM + field.key } : field,
  );

export function valueOf(row: object, key: string): unknown {
  const record = row as RecordRow;
  return key.startsWith(CUSTOM) ? record.customFields?.[key.slice(CUSTOM.length)] : record[key];
}

/** What answers say of a record that a field points to, when it is the one that `id` means. */
export function linkedIn(of: object, field: Pick<MetaField, 'linkedAs'>, id: unknown) {
  const linked = field.linkedAs ? (of as RecordRow)[field.linkedAs] : undefined;
  return (linked as Linked | null | undefined)?.id === id ? (linked as Linked) : undefined;
}

/** Records have a title, files a name. */
export const calledIn = (linked: (Partial<Linked> & { name?: string | null }) | undefined) =>
  linked?.title ?? linked?.name;

/** What a PATCH of these fields says. */
export function patchOf(values: Record<string, unknown>): Record<string, unknown> {
  const patch: Record<string, unknown> = {};
  const custom: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(values)) {
    if (key.startsWith(CUSTOM)) custom[key.slice(CUSTOM.length)] = value;
    else patch[key] = value;
  }
  return Object.keys(custom).length > 0 ? { ...patch, customFields: custom } : patch;
}

export function withValue<Row extends object>(row: Row, key: string, value: unknown): Row {
  if (!key.startsWith(CUSTOM)) return { ...row, [key]: value };
  const customFields = { ...(row as RecordRow).customFields, [key.slice(CUSTOM.length)]: value };
  return { ...row, customFields };
}

type Kind = Pick<MetaEntity, 'name' | 'plural'>;

const pathOf = (entity: Kind, rest = '') => `/api/v1/${entity.plural.replaceAll('_', '-')}${rest}`;

async function call<T>(path: string, init: RequestInit = {}): Promise<T> {
  const answer = await send(path, init);
  return answer.status === 204 ? (null as T) : bodyOf<T>(answer);
}

const withBody = (method: string, body: object, headers: Record<string, string> = {}) => ({
  method,
  body: JSON.stringify(body),
  headers: { 'Content-Type': 'application/json', ...headers },
});

export function listParams(query: ListQuery): URLSearchParams {
  const { filter, short, ...plain } = query;
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries({ ...plain, ...short })) {
    if (value !== undefined && value !== '') params.set(key, String(value));
  }
  if (filter) params.set('filter', JSON.stringify(filter));
  return params;
}

/** Of very large records an answer holds fewer than were asked for: the rest comes by its cursor. */
async function wholePage(path: string, params: URLSearchParams, signal: AbortSignal) {
  const page = await call<RecordPage>(`${path}?${params.toString()}`, { signal });
  const { limit } = page.pagination;
  const data = [...page.data];
  let { nextCursor } = page.pagination;
  params.delete('page');
  while (nextCursor && data.length < limit) {
    params.set('cursor', nextCursor);
    params.set('limit', String(limit - data.length));
    const more = await call<RecordPage>(`${path}?${params.toString()}`, { signal });
    data.push(...more.data);
    nextCursor = more.pagination.nextCursor;
  }
  return { data, pagination: { ...page.pagination, nextCursor } };
}

export const recordList = (entity: MetaEntity, query: ListQuery) =>
  queryOptions({
    queryKey: keys.list(entity.name, query),
    queryFn: ({ signal }) => wholePage(pathOf(entity), listParams(query), signal),
    placeholderData: keepPreviousData,
    // Rows that others add wait behind the "3 novos" pill: the list does not jump by itself.
    meta: { steady: true },
  });

export const recordDetail = (entity: MetaEntity, id: string, asOf?: string) =>
  queryOptions({
    queryKey: asOf ? [...keys.detail(entity.name, id), asOf] : keys.detail(entity.name, id),
    queryFn: ({ signal }) =>
      call<RecordRow>(pathOf(entity, `/${id}${asOf ? `?asOf=${encodeURIComponent(asOf)}` : ''}`), {
        signal,
      }),
  });

/** The record as it lies in the bin, or nothing. */
export const recordInBin = (entity: MetaEntity, id: string) => {
  const filter = { field: 'id', op: 'is', value: id };
  return queryOptions({
    queryKey: keys.list(entity.name, { bin: id }),
    queryFn: ({ signal }) => {
      const params = listParams({ filter, deleted: true, limit: 1 });
      return call<RecordPage>(`${pathOf(entity)}?${params.toString()}`, { signal });
    },
    staleTime: 0,
  });
};

export const recordHistory = (entity: Kind, id: string, cursor?: string) =>
  call<{ data: HistoryEntry[]; pagination: Pagination }>(
    pathOf(entity, `/${id}/history${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ''}`),
  );

/** What happened to a record and to all that is about it, the newest first. */
export const recordTimeline = (entity: Kind, id: string, type?: string) =>
  infiniteQueryOptions({
    queryKey: keys.timeline(id, type ? { type } : {}),
    queryFn: ({ pageParam, signal }) => {
      const params = new URLSearchParams({ limit: '30' });
      if (type) params.set('type', type);
      if (pageParam) params.set('cursor', pageParam);
      const path = pathOf(entity, `/${id}/timeline?${params.toString()}`);
      return call<{ data: TimelineEntry[]; pagination: Pagination }>(path, { signal });
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ pagination }) => pagination.nextCursor ?? undefined,
  });

/** By which choice or link is counted, if not by the usual one, and what is added up beside. */
interface Counting {
  by?: string;
  sum?: string;
  search?: string;
}

/** How many there are of each option of the choice that a list counts, of all or of some. */
export const recordCounts = (entity: Kind, filter?: object, asked: Counting = {}) =>
  queryOptions({
    queryKey: [...keys.stats(entity.name), filter ?? {}, asked],
    queryFn: ({ signal }) => {
      const params = listParams({ filter });
      for (const [key, value] of Object.entries(asked)) if (value) params.set(key, String(value));
      return call<Schema<'ValueCounts'>>(pathOf(entity, `/counts?${params.toString()}`), {
        signal,
      });
    },
  });

/** Records to choose from, by what they are called. */
export const recordChoices = (entity: MetaEntity, text: string) => {
  const named = { field: entity.titleField, op: 'contains', value: text };
  const narrowed = entity.searchable ? { search: text } : text === '' ? {} : { filter: named };
  const params = listParams({ ...narrowed, limit: 20 }).toString();
  return queryOptions({
    queryKey: keys.list(entity.name, { choices: text }),
    queryFn: ({ signal }) => call<RecordPage>(`${pathOf(entity)}?${params}`, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
};

/** All of a short catalogue: tags, users. What comes after the first hundred is shown plainly. */
export const recordCatalogue = (entity: MetaEntity) =>
  queryOptions({
    queryKey: keys.list(entity.name, { catalogue: true }),
    queryFn: ({ signal }) => call<RecordPage>(`${pathOf(entity)}?limit=100`, { signal }),
    staleTime: 5 * 60_000,
  });

/** One page as it is asked for. */
export const listPage = <Row extends RecordRow>(
  entity: Kind,
  query: ListQuery,
  signal: AbortSignal,
) => call<RecordPage<Row>>(`${pathOf(entity)}?${listParams(query).toString()}`, { signal });

/** What records are called, asked for by their ids: as many as an answer holds. */
export async function recordTitles(entity: MetaEntity, ids: string[]) {
  const filter = { field: 'id', op: 'any_of', value: ids };
  const params = listParams({ filter, limit: ids.length });
  params.set('fields', entity.titleField);
  const { data } = await call<RecordPage>(`${pathOf(entity)}?${params.toString()}`);
  return new Map(data.map((row) => [row.id, String(row[entity.titleField] ?? '')]));
}

export const getRecord = <Row extends RecordRow = RecordRow>(entity: Kind, id: string) =>
  call<Row>(pathOf(entity, `/${id}`));

export const createRecord = <Row extends RecordRow = RecordRow>(
  entity: Kind,
  values: Record<string, unknown>,
) =>
  call<Row>(
    pathOf(entity),
    withBody('POST', patchOf(values), { 'Idempotency-Key': crypto.randomUUID() }),
  );

/** `version` is what the writer saw: 412 when somebody was faster. */
export const updateRecord = <Row extends RecordRow = RecordRow>(
  entity: Kind,
  id: string,
  values: Record<string, unknown>,
  version?: number,
) => call<Row>(pathOf(entity, `/${id}`), withBody('PATCH', patchOf(values), seen(version)));

/** Does with a record what its entity declares, if it is still as the writer saw it. */
export const runAction = (
  entity: Kind,
  { id, version }: RecordRow,
  action: string,
  values: Record<string, unknown>,
) => call<RecordRow>(pathOf(entity, `/${id}/${action}`), withBody('POST', values, seen(version)));

export const deleteRecord = (entity: Kind, id: string) =>
  call<null>(pathOf(entity, `/${id}`), { method: 'DELETE' });

export const restoreRecord = (entity: Kind, id: string) =>
  call<RecordRow>(pathOf(entity, `/${id}/restore`), { method: 'POST' });

export const bulkRecords = (entity: MetaEntity, bulk: Bulk) =>
  call<Operation>(
    pathOf(entity, '/bulk'),
    withBody('POST', bulk, { 'Idempotency-Key': crypto.randomUUID() }),
  );

const RUNNING = ['queued', 'running', 'undoing'];
export const isRunning = (state: string | undefined) => RUNNING.includes(state ?? '');

/** Told by the socket; asked for now and then in case the socket is silent. */
export const operationQuery = (id: string) =>
  queryOptions({
    queryKey: keys.detail('operation', id),
    queryFn: () => call<Operation>(`/api/v1/operations/${id}`),
    refetchInterval: ({ state }) => isRunning(state.data?.state ?? 'queued') && 700,
  });

export const undoOperation = (id: string) =>
  call<Operation>(`/api/v1/operations/${id}/undo`, { method: 'POST' });
