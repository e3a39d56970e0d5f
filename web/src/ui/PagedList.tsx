import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import styles from './PagedList.module.css';
import { Pages } from './Pages';
import { RowSkeletons } from './Skeletons';

interface PagedListProps<T> {
  query: UseInfiniteQueryResult<InfiniteData<{ data: T[] }>>;
  label: string;
  /** For the sentence of an error: "as etiquetas". */
  subject: string;
  empty: ReactNode;
  children: (row: T) => ReactNode;
}

/** A short list with all its states; more rows come by a button. */
export function PagedList<T extends { id: string }>(props: PagedListProps<T>) {
  const { query, label, subject, empty, children } = props;
  return (
    <Pages
      query={query}
      subject={subject}
      empty={empty}
      moreClass={styles.more}
      loading={
        <div className={styles.card} aria-busy>
          <RowSkeletons rows={6} />
        </div>
      }
    >
      {(rows) => (
        <ul className={styles.card} aria-label={label}>
          {rows.map((row) => (
            <li key={row.id} className={styles.row}>
              {children(row)}
            </li>
          ))}
        </ul>
      )}
    </Pages>
  );
}

interface RowTextProps {
  title: ReactNode;
  detail?: ReactNode;
}

export function RowText({ title, detail }: RowTextProps) {
  return (
    <span className={styles.text}>
      <span className={styles.title}>{title}</span>
      {detail && <span className={styles.detail}>{detail}</span>}
    </span>
  );
}

/** What stands at the end of a row, and below its text on a phone. */
export function RowEnd({ children }: { children: ReactNode }) {
  return <span className={styles.end}>{children}</span>;
}
