import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, bodyOf, send, unwrap } from '@/api/client';
import { keys } from '@/api/keys';
import { isRunning } from '@/api/records';
import type { Import, Schema } from '@/api/types';

export const statsQuery = queryOptions({
  queryKey: keys.stats('contact'),
  queryFn: () => unwrap(api.GET('/api/v1/contacts/stats')),
});

interface Identifiers {
  email?: string;
  phone?: string;
  document?: string;
  exceptId?: string;
}
/** Customers that have one of these already. */
export const duplicatesQuery = (query: Identifiers) =>
  queryOptions({
    queryKey: [...keys.all('contact'), 'duplicates', query] as const,
    queryFn: () => unwrap(api.GET('/api/v1/contacts/duplicates', { params: { query } })),
    enabled: Boolean(query.email || query.phone || query.document),
    staleTime: 10_000,
  });

export type TimelineType = 'note' | 'updated' | 'created' | 'imported' | 'deleted';

export const timelineQuery = (id: string, type?: TimelineType) =>
  infiniteQueryOptions({
    queryKey: keys.timeline('contact', id, type ? { type } : {}),
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET('/api/v1/contacts/{id}/timeline', {
          params: { path: { id }, query: { type, cursor: pageParam, limit: 30 } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ pagination }) => pagination.nextCursor ?? undefined,
  });

export const notesQuery = (contactId: string, limit = 100) =>
  queryOptions({
    queryKey: keys.list('note', { contactId, limit }),
    queryFn: () =>
      unwrap(
        api.GET('/api/v1/notes', {
          params: { query: { contactId, limit, sortBy: 'createdAt', sortOrder: 'desc' } },
        }),
      ),
  });
export const createNote = (contactId: string, body: string) =>
  unwrap(
    api.POST('/api/v1/notes', {
      params: { header: { 'Idempotency-Key': crypto.randomUUID() } },
      body: { contactId, body },
    }),
  );
export const getNote = (id: string) =>
  unwrap(api.GET('/api/v1/notes/{id}', { params: { path: { id } } }));
export const updateNote = (id: string, body: Schema<'NotePatch'>, version?: number) =>
  unwrap(
    api.PATCH('/api/v1/notes/{id}', {
      params: { path: { id }, header: version ? { 'If-Match': `"${version}"` } : {} },
      body,
    }),
  );
export const deleteNote = (id: string) =>
  unwrap(api.DELETE('/api/v1/notes/{id}', { params: { path: { id } } }));
export const restoreNote = (id: string) =>
  unwrap(api.POST('/api/v1/notes/{id}/restore', { params: { path: { id } } }));

export type ImportPreview = Schema<'ImportPreview'>;
export type ImportMode = Import['mode'];
export interface ImportColumnWish {
  field: string;
  onError: 'refuse_row' | 'skip_field';
  /** Value of the file → value of the field; '' leaves it empty. */
  values: Record<string, string>;
}
/** Column of the file → field, or null for columns that are left out. */
export type ImportMapping = Record<string, ImportColumnWish | null>;
/** How a file is to be read, where the guess was wrong. */
export interface ImportReading {
  separator?: string;
  encoding?: string;
  headerLine?: number;
}

export async function previewImport(
  source: { file: File } | { uploadId: string },
  reading: ImportReading = {},
): Promise<ImportPreview> {
  const body = new FormData();
  body.set('entity', 'contact');
  for (const [key, value] of Object.entries({ ...source, ...reading })) {
    body.set(key, value instanceof File ? value : String(value));
  }
  const answer = await send('/api/v1/imports/preview', { method: 'POST', body });
  return bodyOf<ImportPreview>(answer);
}

/** Reads the whole file and says what would happen; nothing is written. */
export async function rehearseImport(
  uploadId: string,
  mode: ImportMode,
  mapping: ImportMapping,
): Promise<Schema<'Import'>> {
  const body = new FormData();
  body.set('entity', 'contact');
  body.set('uploadId', uploadId);
  body.set('mode', mode);
  body.set('mapping', JSON.stringify(mapping));
  body.set('dryRun', 'true');
  const answer = await send('/api/v1/imports', { method: 'POST', body });
  return bodyOf<Schema<'Import'>>(answer);
}

const POLL_MS = 1000;
/** The socket tells how far it is; asking now and then covers a silent one. */
export const importQuery = (id: string) =>
  queryOptions({
    queryKey: keys.detail('import', id),
    queryFn: () => unwrap(api.GET('/api/v1/imports/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => isRunning(state.data?.state) && POLL_MS,
  });
export const importErrorsQuery = (id: string, page: number) =>
  queryOptions({
    queryKey: [...keys.detail('import', id), 'errors', page] as const,
    queryFn: () =>
      unwrap(
        api.GET('/api/v1/imports/{id}/errors', {
          params: { path: { id }, query: { page, limit: 20 } },
        }),
      ),
  });
export const runImport = (id: string) =>
  unwrap(api.POST('/api/v1/imports/{id}/run', { params: { path: { id } } }));
export const cancelImport = (id: string) =>
  unwrap(api.POST('/api/v1/imports/{id}/cancel', { params: { path: { id } } }));
export const undoImport = (id: string, also?: 'changed') =>
  unwrap(api.POST('/api/v1/imports/{id}/undo', { params: { path: { id }, query: { also } } }));
export const resumeImport = (id: string) =>
  unwrap(api.POST('/api/v1/imports/{id}/resume', { params: { path: { id } } }));
/** What an undo left as it is, and why. */
export const importKeptQuery = (row: Import) =>
  queryOptions({
    queryKey: [...keys.detail('import', row.id), 'kept', row.kept] as const,
    queryFn: () =>
      unwrap(
        api.GET('/api/v1/imports/{id}/kept', {
          params: { path: { id: row.id }, query: { limit: 50 } },
        }),
      ),
  });
export const importGroupsQuery = (id: string) =>
  queryOptions({
    queryKey: [...keys.detail('import', id), 'groups'] as const,
    queryFn: () =>
      unwrap(api.GET('/api/v1/imports/{id}/errors/groups', { params: { path: { id } } })),
  });
export const importErrorsFile = (id: string) =>
  send(`/api/v1/imports/${id}/errors.csv`).then((answer) => answer.blob());
