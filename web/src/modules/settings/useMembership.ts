import { useInfiniteQuery } from '@tanstack/react-query';
import { useMeta } from '@/api/me';
import { teamsQuery } from './queries';

/** What somebody may be here, and where they may belong, to choose from. */
export function useMembership() {
  const roles = useMeta().roles ?? [];
  const teams = useInfiniteQuery(teamsQuery).data?.pages.flatMap(({ data }) => data) ?? [];
  return {
    roles: roles.map(({ name, label }) => ({ value: name, label })),
    teams: teams.map(({ id, name }) => ({ value: id, label: name })),
  };
}
