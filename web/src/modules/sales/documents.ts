import { api, unwrap } from '@/api/client';

export const getDocument = (id: string) =>
  unwrap(api.GET('/api/v1/proposal-documents/{id}', { params: { path: { id } } }));
