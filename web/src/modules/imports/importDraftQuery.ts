import { queryOptions } from '@tanstack/react-query';
import { keys } from '@/api/keys';
import type { Import } from '@/api/types';
import { importPlan, previewImport } from './queries';
import { draftOf } from './importDraft';

export const importDraftKey = (id: string) => [...keys.detail('import', id), 'draft'] as const;

/** What was said of a trial and its file: for corrections, and for the way back to the columns. */
export const importDraftQuery = (row: Import) =>
  queryOptions({
    queryKey: importDraftKey(row.id),
    queryFn: async () => {
      const [preview, plan] = await Promise.all([
        previewImport(row.entity, { uploadId: row.uploadId }),
        importPlan(row.id),
      ]);
      return draftOf(row, preview, plan);
    },
    enabled: row.dryRun,
    // Somebody else's file is not shown: there is nothing to try again.
    retry: false,
  });
