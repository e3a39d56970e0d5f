import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, bodyOf, send, unwrap } from '@/api/client';
import { keys } from '@/api/keys';
import { isRunning } from '@/api/records';
import type { Import, Schema } from '@/api/types';

export type ImportPreview = Schema<'ImportPreview'>;
export type ImportMode = Import['mode'];
export type ImportPlan = Schema<'ImportPlan'>;
/** How a file is to be read, where the guess was wrong. */
export interface ImportReading {
  separator?: string;
  encoding?: string;
  headerLine?: number;
  /** Of a workbook, counted from 1. */
  sheet?: number;
}

function formOf(values: object): FormData {
  const form = new FormData();
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined) form.set(key, value instanceof File ? value : String(value));
  }
  return form;
}

export async function previewImport(
  entity: string,
  source: { file: File } | { uploadId: string },
  reading: ImportReading = {},
): Promise<ImportPreview> {
  const said = { entity, ...source, ...reading };
  const body = 'file' in source ? formOf(said) : JSON.stringify(said);
  const headers = 'file' in source ? undefined : { 'Content-Type': 'application/json' };
  const answer = await send('/api/v1/imports/preview', { method: 'POST', body, headers });
  return bodyOf<ImportPreview>(answer);
}

/** Reads the whole file and says what would happen; nothing is written. */
export async function rehearseImport(
  entity: string,
  uploadId: string,
  plan: ImportPlan,
): Promise<Import> {
  const body = JSON.stringify({ entity, uploadId, dryRun: true, ...plan });
  const headers = { 'Content-Type': 'application/json' };
  const answer = await send('/api/v1/imports', { method: 'POST', body, headers });
  return bodyOf<Import>(answer);
}

/** What a trial does with its file. */
export const importPlan = (id: string) =>
  unwrap(api.GET('/api/v1/imports/{id}/plan', { params: { path: { id } } }));
/** Tells a trial anew, and asks it again. */
export const checkAgain = (id: string, plan: ImportPlan) =>
  unwrap(api.PUT('/api/v1/imports/{id}/plan', { params: { path: { id } }, body: plan }));

const POLL_MS = 1000;
/** The socket tells how far it is; asking now and then covers a silent one. */
export const importQuery = (id: string) =>
  queryOptions({
    queryKey: keys.detail('import', id),
    queryFn: () => unwrap(api.GET('/api/v1/imports/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => isRunning(state.data?.state) && POLL_MS,
  });
/** A check that is asked again has other errors; until they are here, the last ones stand. */
const ofResult = ({ id, finishedAt }: Import) =>
  [...keys.detail('import', id), finishedAt] as const;

export const importErrorsQuery = (row: Import, page: number) =>
  queryOptions({
    queryKey: [...ofResult(row), 'errors', page] as const,
    queryFn: () =>
      unwrap(
        api.GET('/api/v1/imports/{id}/errors', {
          params: { path: { id: row.id }, query: { page, limit: 20 } },
        }),
      ),
    placeholderData: keepPreviousData,
  });
/** Lines that look like totals, and stay out. */
export const importSummariesQuery = (row: Import) =>
  queryOptions({
    queryKey: [...ofResult(row), 'summaries'] as const,
    queryFn: () =>
      unwrap(
        api.GET('/api/v1/imports/{id}/errors', {
          params: { path: { id: row.id }, query: { only: 'summary_lines', limit: 50 } },
        }),
      ),
    placeholderData: keepPreviousData,
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
export const importGroupsQuery = (row: Import) =>
  queryOptions({
    queryKey: [...ofResult(row), 'groups'] as const,
    queryFn: () =>
      unwrap(api.GET('/api/v1/imports/{id}/errors/groups', { params: { path: { id: row.id } } })),
    placeholderData: keepPreviousData,
  });
export const importErrorsFile = (id: string) =>
  send(`/api/v1/imports/${id}/errors.csv`).then((answer) => answer.blob());
