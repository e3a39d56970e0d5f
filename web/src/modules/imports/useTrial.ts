import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { keys } from '@/api/keys';
import { isRunning } from '@/api/records';
import type { Import } from '@/api/types';
import { toast } from '@/ui/toast';
import { checkAgain } from './queries';
import { planOf, type ImportDraft } from './importDraft';
import { importDraftQuery } from './importDraftQuery';

export interface Mending {
  draft: ImportDraft;
  mend: (change: (draft: ImportDraft) => ImportDraft) => void;
}

/**
 * A trial that is corrected and asked again. Meanwhile its last result stands; what is corrected
 * while it is at work is told when it has ended.
 */
export function useTrial(row: Import) {
  const client = useQueryClient();
  const query = importDraftQuery(row);
  const { data: draft } = useQuery(query);
  const [settled, setSettled] = useState<Import | null>(null);
  const [untold, setUntold] = useState(false);
  const { mutate, isPending } = useMutation({
    mutationFn: (next: ImportDraft) => checkAgain(row.id, planOf(next)),
    onMutate: () => setUntold(false),
    onSuccess: (started) => client.setQueryData(keys.detail('import', row.id), started),
    onError: (error) => {
      toast.fail(error);
      void client.invalidateQueries({ queryKey: query.queryKey });
    },
  });
  if (row.state === 'done' && row !== settled) setSettled(row);
  const idle = !isPending && !isRunning(row.state);
  useEffect(() => {
    if (untold && idle && draft) mutate(draft);
  }, [untold, idle, draft, mutate]);
  const mend: Mending['mend'] = (change) => {
    client.setQueryData(query.queryKey, (before) => before && change(before));
    setUntold(true);
  };
  return {
    settled,
    checking: untold || !idle,
    mending: draft ? { draft, mend } : undefined,
  };
}
