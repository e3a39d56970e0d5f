import { queryOptions } from '@tanstack/react-query';
import type { Kind } from './entities';
import { keys } from './keys';
import { listPage, type RecordPage } from './records';

/** How many there are of an entity: what comes with the shortest page of them. */
export const totalQuery = (kind: Kind, filter?: object) =>
  queryOptions({
    queryKey: keys.list(kind.name, { total: true, filter }),
    queryFn: ({ signal }) => listPage(kind, { limit: 1, filter }, signal),
  });

export const totalIn = ({ pagination }: RecordPage): number => pagination.total ?? 0;
