import { queryOptions } from '@tanstack/react-query';
import { currentLanguage } from '@/i18n';
import { api, bodyOf, unwrap } from './client';
import { errorOf, reach } from './errors';
import { currentToken, refreshSession } from './session';
import type { MetaField, Schema } from './types';

/** A file as answers tell of it; without a name it is gone. */
export type StoredFile = Schema<'File'>;

interface UploadOptions {
  /** How much of it has arrived, from 0 to 1. */
  onProgress?: (part: number) => void;
  signal?: AbortSignal;
}

// fetch tells nobody how far an upload is.
function post(file: File, token: string | null, { onProgress, signal }: UploadOptions) {
  return new Promise<Response>((resolve, reject) => {
    const call = new XMLHttpRequest();
    call.open('POST', '/api/v1/files');
    call.setRequestHeader('Accept-Language', currentLanguage());
    if (token) call.setRequestHeader('Authorization', `Bearer ${token}`);
    call.upload.onprogress = ({ loaded, total }) => onProgress?.(total > 0 ? loaded / total : 0);
    call.onload = () => resolve(new Response(call.responseText, { status: call.status }));
    call.onerror = () => reject(new TypeError('network'));
    call.onabort = () => reject(new DOMException('cancelled', 'AbortError'));
    signal?.addEventListener('abort', () => call.abort());
    const form = new FormData();
    form.set('file', file, file.name);
    call.send(form);
  });
}

/** Sends a file; it is nobody's until a record takes it. */
export async function uploadFile(file: File, options: UploadOptions = {}): Promise<StoredFile> {
  const token = currentToken() ?? (await refreshSession(null));
  let answer = await reach(() => post(file, token, options));
  if (answer.status === 401) {
    const fresh = await refreshSession(token);
    if (fresh) answer = await reach(() => post(file, fresh, options));
  }
  if (!answer.ok) throw errorOf(answer, await answer.json().catch(() => null));
  return bodyOf<StoredFile>(answer);
}

export const fileQuery = (id: string) =>
  queryOptions({
    queryKey: ['file', id] as const,
    queryFn: () => unwrap(api.GET('/api/v1/files/{id}', { params: { path: { id } } })),
    staleTime: Infinity,
  });

/** An address that a browser opens by itself, for a few minutes. */
export const fileLink = (id: string, download = false) =>
  unwrap(
    api.GET('/api/v1/files/{id}/link', {
      params: { path: { id }, query: { download, expires: 300 } },
    }),
  );

/** Lets the browser save it, however large it is. */
export async function downloadFile(id: string): Promise<void> {
  const { url } = await fileLink(id, true);
  const link = window.document.createElement('a');
  link.href = url;
  link.download = '';
  link.click();
}

/** What an answer says of the file that a field holds, when it is the one that `id` means. */
export function filedIn(of: object, field: Pick<MetaField, 'linkedAs'>, id: unknown) {
  const told = field.linkedAs ? (of as Record<string, unknown>)[field.linkedAs] : undefined;
  const file = told as StoredFile | null | undefined;
  return file?.id === id ? file : undefined;
}
