import { Button } from '@mantine/core';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from './ErrorState';

interface PagesProps<T> {
  query: UseInfiniteQueryResult<InfiniteData<{ data: T[] }>>;
  /** For the sentence of an error: "as etiquetas". */
  subject: string;
  loading: ReactNode;
  empty: ReactNode;
  /** What the button for more says. */
  more?: string;
  moreClass?: string;
  children: (rows: T[]) => ReactNode;
}

/** Rows that come page by page, with every state that they can be in. */
export function Pages<T>({ query, subject, loading, empty, children, ...button }: PagesProps<T>) {
  const { t } = useTranslation();
  if (query.isPending) return loading;
  if (query.isError && !query.data) {
    return (
      <ErrorState error={query.error} subject={subject} onRetry={() => void query.refetch()} />
    );
  }
  const rows = query.data.pages.flatMap((page) => page.data);
  if (rows.length === 0) return empty;
  return (
    <>
      {children(rows)}
      {query.hasNextPage && (
        <Button
          variant="default"
          className={button.moreClass}
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {button.more ?? t('ui.loadMore')}
        </Button>
      )}
    </>
  );
}
