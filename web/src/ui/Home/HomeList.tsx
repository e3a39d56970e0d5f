import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Target } from '@/lib/addresses';
import { ErrorState } from '@/ui/ErrorState';
import { RowSkeletons } from '@/ui/Skeletons';
import { HomeCard, Quiet } from './HomeCard';

interface HomeListProps<Row> {
  title: string;
  query: UseQueryResult<{ data: Row[] }>;
  /** For the sentence of an error: "as notas". */
  subject: string;
  empty: string;
  all?: Target & { label: string };
  children: (row: Row) => ReactNode;
}

/** The first few of a list, with every state that they can be in. */
export function HomeList<Row>({ title, query, subject, empty, all, children }: HomeListProps<Row>) {
  const { data, isPending, error, refetch } = query;
  const rows = data?.data ?? [];
  return (
    <HomeCard title={title} all={rows.length > 0 ? all : undefined}>
      {isPending ? (
        <RowSkeletons rows={4} avatar={false} />
      ) : error && !data ? (
        <ErrorState error={error} subject={subject} onRetry={() => void refetch()} />
      ) : rows.length === 0 ? (
        <Quiet>{empty}</Quiet>
      ) : (
        <ul>{rows.map(children)}</ul>
      )}
    </HomeCard>
  );
}
