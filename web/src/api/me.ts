import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { can, type Action, type Owned } from '@/lib/permissions';
import { api, unwrap } from './client';
import { keys } from './keys';
import type { MetaEntity } from './types';

export const meQuery = queryOptions({
  queryKey: keys.me,
  queryFn: () => unwrap(api.GET('/api/v1/auth/me')),
  staleTime: 5 * 60_000,
});

/** What the server declares: entities, their fields and words, in the reader's language. */
export const metaQuery = queryOptions({
  queryKey: keys.meta,
  queryFn: () => unwrap(api.GET('/api/v1/meta')),
  staleTime: 5 * 60_000,
});

/** The guard of the app's routes has loaded both: these never wait on a screen. */
export const useMe = () => useSuspenseQuery(meQuery).data;
export const useMeta = () => useSuspenseQuery(metaQuery).data;

export function useMetaEntity(name: string): MetaEntity | undefined {
  return useQuery(metaQuery).data?.entities.find((entity) => entity.name === name);
}

export function useCan(): (entity: string, action: Action, record?: Owned) => boolean {
  const { user } = useMe();
  const { entities } = useMeta();
  const ownerOf = (name: string) => entities.find((one) => one.name === name)?.owner;
  return (entity, action, record) => can(user, entity, action, record, ownerOf(entity));
}
