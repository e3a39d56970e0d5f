import { useQuery } from '@tanstack/react-query';
import { asApiError } from '@/api/errors';
import { recordDetail, recordInBin } from '@/api/records';
import type { MetaEntity } from '@/api/types';

/** The record of an address, also when it lies in the bin: who kept the link finds it there. */
export function useRecordOrBin(entity: MetaEntity, id: string, asOf?: string) {
  const live = useQuery(recordDetail(entity, id, asOf));
  const missing = live.isError && asApiError(live.error).kind === 'missing';
  const bin = useQuery({ ...recordInBin(entity, id), enabled: missing && !asOf });
  const binned = missing ? bin.data?.data[0] : undefined;
  return {
    record: binned ?? (missing ? undefined : live.data),
    inBin: binned !== undefined,
    // What the bin says is asked only to help: the first answer stands.
    error: missing && bin.isFetching && !bin.data ? null : live.error,
    refetch: () => void live.refetch(),
  };
}
