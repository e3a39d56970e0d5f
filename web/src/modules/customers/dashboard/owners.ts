import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '@/api/client';
import { keys } from '@/api/keys';
import type { FilterNode } from '@/ui/FilterBar/filter';
import { counted } from '../figures';

/** Those who are asked for one by one: the server counts no links. */
const MOST = 20;
const SHOWN = 8;
/** Who answers for those that have nobody. */
export const NOBODY = '';

export interface Owner {
  id: string;
  name: string;
  count: number;
  filter: FilterNode;
}

/** Who has most comes first, those without anybody last, and nobody who has none. */
export const inOrder = (owners: Owner[]): Owner[] =>
  owners
    .filter(({ count }) => count > 0)
    .sort((a, b) => Number(a.id === NOBODY) - Number(b.id === NOBODY) || b.count - a.count);

const withCount = async (id: string, name: string): Promise<Owner> => {
  const filter: FilterNode =
    id === NOBODY
      ? { field: 'assignedTo', op: 'empty' }
      : { field: 'assignedTo', op: 'is', value: id };
  return { id, name, filter, count: (await counted(filter)).total };
};

/** Who answers for how many; `isWhole` where everybody could be asked for and is shown. */
export const ownersQuery = queryOptions({
  queryKey: [...keys.all('contact'), 'owners'] as const,
  queryFn: async () => {
    const { data, pagination } = await unwrap(
      api.GET('/api/v1/users', { params: { query: { limit: MOST, sortBy: 'name' } } }),
    );
    const people = [...data.map(({ id, name }) => [id, name] as const), [NOBODY, ''] as const];
    const all = inOrder(await Promise.all(people.map(([id, name]) => withCount(id, name))));
    const nobody = all.filter(({ id }) => id === NOBODY);
    const known = all.filter(({ id }) => id !== NOBODY);
    const isWhole = known.length <= SHOWN && (pagination.total ?? 0) <= MOST;
    return { owners: [...known.slice(0, SHOWN), ...nobody], isWhole };
  },
  staleTime: 5 * 60_000,
});
