import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '@/api/client';
import { entityApi } from '@/api/entities';
import { keys } from '@/api/keys';
import type { Schema } from '@/api/types';

export type Card = Schema<'IntegrationCard'>;
export type Connection = Schema<'Connection'>;
export type OutgoingCall = Schema<'OutgoingCall'>;

const CATALOGUE = 'integration';
const MOST = 100;
const byId = (id: string) => ({ params: { path: { id } } });

export const catalogueQuery = queryOptions({
  queryKey: keys.lists(CATALOGUE),
  queryFn: () => unwrap(api.GET('/api/v1/integrations')),
});
/** What is stale when a connection changes. */
export const catalogueKey = keys.all(CATALOGUE);

const { kind } = entityApi<'Connection'>({ name: 'connection', plural: 'connections' });

/** All of them: a company has a few. */
export const connectionsQuery = queryOptions({
  queryKey: keys.list(kind.name, { all: true }),
  queryFn: () => unwrap(api.GET('/api/v1/connections', { params: { query: { limit: MOST } } })),
});

const CALLS = 20;

/** The calls of one, the latest first. */
export const callsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: keys.list('outgoing_call', { connection: id }),
    queryFn: ({ pageParam: page }) =>
      unwrap(
        api.GET('/api/v1/connections/{id}/calls', {
          params: { path: { id }, query: { page, limit: CALLS } },
        }),
      ),
    initialPageParam: 1,
    getNextPageParam: ({ pagination: { page = 1, totalPages = 1 } }) =>
      page < totalPages ? page + 1 : undefined,
    staleTime: 0,
  });

export const createConnection = (body: { integration: string }) =>
  unwrap(api.POST('/api/v1/connections', { body }));
export const wayOf = (id: string) =>
  unwrap(api.POST('/api/v1/connections/{id}/authorize', byId(id)));
export const configure = (id: string, settings: Record<string, unknown>) =>
  unwrap(api.POST('/api/v1/connections/{id}/configure', { ...byId(id), body: { settings } }));
export const check = (id: string) => unwrap(api.POST('/api/v1/connections/{id}/check', byId(id)));
export const disconnect = (id: string) =>
  unwrap(api.POST('/api/v1/connections/{id}/disconnect', byId(id)));
export const remove = (id: string) => unwrap(api.DELETE('/api/v1/connections/{id}', byId(id)));
export const rename = (id: string, name: string) =>
  unwrap(api.PATCH('/api/v1/connections/{id}', { ...byId(id), body: { name } }));
export const comeBack = (body: Schema<'FinishConnectionInput'>) =>
  unwrap(api.POST('/api/v1/connections/callback', { body }));
