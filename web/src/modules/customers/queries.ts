import { queryOptions } from '@tanstack/react-query';
import { api, seen, unwrap } from '@/api/client';
import { keys } from '@/api/keys';
import type { Schema } from '@/api/types';

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
export const getDocument = (id: string) =>
  unwrap(api.GET('/api/v1/documents/{id}', { params: { path: { id } } }));
export const updateNote = (id: string, body: Schema<'NotePatch'>, version?: number) =>
  unwrap(
    api.PATCH('/api/v1/notes/{id}', {
      params: { path: { id }, header: seen(version) },
      body,
    }),
  );
export const deleteNote = (id: string) =>
  unwrap(api.DELETE('/api/v1/notes/{id}', { params: { path: { id } } }));
export const restoreNote = (id: string) =>
  unwrap(api.POST('/api/v1/notes/{id}/restore', { params: { path: { id } } }));
