import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { keys } from '@/api/keys';

const FLASH_MS = 1300;
const NOTHING: Record<string, number> = {};

/** Rows that others changed a moment ago. Forgotten after the flash: paging does not repeat it. */
export function useTouched(entity: string): Record<string, number> {
  const client = useQueryClient();
  const { data } = useQuery<Record<string, number>>({
    queryKey: keys.touched(entity),
    queryFn: () => NOTHING,
    enabled: false,
  });
  useEffect(() => {
    if (!data || Object.keys(data).length === 0) return;
    const timer = window.setTimeout(() => {
      const oldest = Date.now() - FLASH_MS;
      const kept = Object.entries(data).filter(([, at]) => at > oldest);
      client.setQueryData(keys.touched(entity), Object.fromEntries(kept));
    }, FLASH_MS);
    return () => window.clearTimeout(timer);
  }, [client, entity, data]);
  return data ?? NOTHING;
}
