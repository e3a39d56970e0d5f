import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { exportQuery, type Export } from '@/api/exports';
import { keys } from '@/api/keys';
import { isRunning } from '@/api/records';

const POLL_MS = 500;
const wait = (ms: number) => new Promise((resolve) => window.setTimeout(resolve, ms));

/** Waits for an export's end, whatever becomes of the screen that asked; nothing: it is gone. */
export function useFollowed() {
  const client = useQueryClient();
  return useCallback(
    async (started: Export): Promise<Export | undefined> => {
      let now = started;
      try {
        while (isRunning(now.state)) {
          await wait(POLL_MS);
          now = await client.fetchQuery({ ...exportQuery(started.id), staleTime: POLL_MS });
        }
      } catch {
        return undefined;
      }
      void client.invalidateQueries({ queryKey: keys.lists('export') });
      return now;
    },
    [client],
  );
}
