import { useQueries, type UseQueryResult } from '@tanstack/react-query';
import { useMe } from '@/api/me';
import type { Wait, Waiting } from '@/ui/Home/parts';

export type Found = Wait & Waiting;

export interface Waits {
  isPending: boolean;
  found: Found[];
  /** Nothing could be asked, or a part of it could not. */
  error: Error | null;
  isWhole: boolean;
  retry: () => void;
}

/** What waits for this person, as far as it could be asked. */
export function useWaits(waits: Wait[]): Waits {
  const { user } = useMe();
  const results: UseQueryResult<Waiting>[] = useQueries({
    queries: waits.map(({ asked }) => asked(user)),
  });
  const failed = results.filter(({ isError }) => isError);
  return {
    isPending: results.some(({ isPending }) => isPending),
    found: waits.flatMap((wait, index) => {
      const answer = results[index]?.data;
      return answer && answer.count > 0 ? [{ ...wait, ...answer }] : [];
    }),
    error: failed[0]?.error ?? null,
    isWhole: failed.length === 0,
    retry: () => failed.forEach(({ refetch }) => void refetch()),
  };
}
