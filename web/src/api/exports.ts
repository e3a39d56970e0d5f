import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, send, unwrap } from '@/api/client';
import { keys } from '@/api/keys';
import { isRunning } from '@/api/records';
import type { Schema } from '@/api/types';

export type Export = Schema<'Export'>;
export type ExportFormat = Export['format'];

/** Which records, in which order, with which columns. */
export interface ExportWish {
  entity: string;
  format: ExportFormat;
  ids?: string[];
  filter?: unknown;
  search?: string;
  sort?: string;
  columns?: string[];
  /** What was chosen, in words: it stands on paper. */
  caption?: string;
}

export const startExport = (body: ExportWish) => unwrap(api.POST('/api/v1/exports', { body }));

const POLL_MS = 700;
/** Told by the socket; asked for now and then in case the socket is silent. */
export const exportQuery = (id: string) =>
  queryOptions({
    queryKey: keys.detail('export', id),
    queryFn: () => unwrap(api.GET('/api/v1/exports/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => isRunning(state.data?.state ?? 'queued') && POLL_MS,
  });

export const exportsQuery = infiniteQueryOptions({
  queryKey: keys.list('export', { screen: 'settings' }),
  queryFn: ({ pageParam: page }) =>
    unwrap(api.GET('/api/v1/exports', { params: { query: { page, limit: 50 } } })),
  initialPageParam: 1,
  getNextPageParam: ({ pagination: { page = 1, totalPages = 1 } }) =>
    page < totalPages ? page + 1 : undefined,
});

export const cancelExport = (id: string) =>
  unwrap(api.POST('/api/v1/exports/{id}/cancel', { params: { path: { id } } }));
export const resumeExport = (id: string) =>
  unwrap(api.POST('/api/v1/exports/{id}/resume', { params: { path: { id } } }));
export const deleteExport = (id: string) =>
  unwrap(api.DELETE('/api/v1/exports/{id}', { params: { path: { id } } }));

/** The file itself: asked for with the rights of this moment. */
export const exportFile = (id: string) =>
  send(`/api/v1/exports/${id}/content`).then((answer) => answer.blob());
