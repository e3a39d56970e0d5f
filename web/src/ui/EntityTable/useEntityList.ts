import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { keys } from '@/api/keys';
import { recordList, type RecordRow } from '@/api/records';
import type { MetaEntity, Pagination } from '@/api/types';
import { rememberList } from '@/lib/lastList';
import { setWalk } from '@/lib/walk';
import { useSelection } from '@/ui/DataTable/useSelection';
import {
  DEFAULT_LIMIT,
  listQuery,
  scopeOf,
  withoutDrawer,
  type ListSearch,
  type Presets,
} from './listSearch';

const NO_ROWS: RecordRow[] = [];

interface EntityListOptions {
  entity: MetaEntity;
  search: ListSearch;
  presets?: Presets;
  onSearch: (change: Partial<ListSearch>, replace?: boolean) => void;
}

/** The rows that an address asks for, those that are chosen, and those that others added since. */
export function useEntityList({ entity, search, presets, onSearch }: EntityListOptions) {
  const client = useQueryClient();
  const [waiting, setWaiting] = useState(0);
  const query = listQuery(entity, search, presets);
  const list = useQuery(recordList(entity, query));
  const rows = list.data?.data ?? NO_ROWS;
  const { page = 1, limit = DEFAULT_LIMIT } = search;
  const selection = useSelection(
    rows.map(({ id }) => id),
    scopeOf(search),
  );
  const arrived = useArrived(entity.name, JSON.stringify(query));

  // J and K on a record's page go through what this list shows.
  useEffect(() => {
    if (!list.data) return;
    const ids = list.data.data.map(({ id }) => id);
    setWalk(entity.name, ids, query, list.data.pagination.totalPages);
  });
  useEffect(() => rememberList(entity.name, withoutDrawer(search)), [entity.name, search]);
  useKnownPage(
    list.isPlaceholderData ? undefined : list.data?.pagination,
    rows.length,
    page,
    (last) => onSearch({ page: last }, true),
  );
  const showArrived = () => {
    client.setQueryData(keys.arrived(entity.name), []);
    void client.invalidateQueries({ queryKey: keys.lists(entity.name) });
    if (page > 1) onSearch({ page: undefined });
  };
  const news = arrived + waiting > 0 ? Math.max(arrived, waiting) : 0;
  return { list, rows, page, limit, selection, news, setWaiting, showArrived };
}

/** A page behind the last one, in an old link or after a deletion, leads to the last one. */
function useKnownPage(
  pagination: Pagination | undefined,
  rows: number,
  page: number,
  go: (last: number | undefined) => void,
): void {
  const last = pagination?.totalPages ?? 1;
  const beyond = pagination !== undefined && rows === 0 && page > last;
  useEffect(() => {
    if (beyond) go(last > 1 ? last : undefined);
  });
}

/** How many records others added since this question was asked. */
function useArrived(entity: string, question: string): number {
  const client = useQueryClient();
  const { data } = useQuery<string[]>({
    queryKey: keys.arrived(entity),
    queryFn: () => [],
    enabled: false,
  });
  useEffect(() => {
    // Another question gets its own answer, with everybody in it.
    client.setQueryData(keys.arrived(entity), []);
  }, [client, entity, question]);
  return data?.length ?? 0;
}
