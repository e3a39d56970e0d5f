import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { read, write } from '@/lib/storage';
import { pipelinesQuery } from './queries';

const KEPT = 'board';

/** The one that the address names, else where this person was last, else the first. */
export function usePipeline(named: string | undefined) {
  const { data, error } = useQuery(pipelinesQuery);
  const pipelines = data?.data;
  const known = (id: string) => pipelines?.find((one) => one.id === id);
  const kept: string = read(KEPT, '');
  const pipeline = known(named ?? '') ?? known(kept) ?? pipelines?.[0];
  const id = pipeline?.id;
  useEffect(() => {
    if (id) write(KEPT, id);
  }, [id]);
  return { pipelines, pipeline, error };
}
