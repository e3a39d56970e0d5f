import { Select } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { Trans, useTranslation } from 'react-i18next';
import type { Pagination } from '@/api/types';
import { num } from '@/lib/format';
import { pagesAround } from './pages';
import styles from './Pager.module.css';

export const PAGE_SIZES = [20, 50, 100];

interface PagerProps {
  pagination: Pagination;
  page: number;
  limit: number;
  /** How many rows this page has: the last one is rarely full. */
  rows: number;
  onPage: (page: number) => void;
  onLimit: (limit: number) => void;
}

export function Pager({ pagination, page, limit, rows, onPage, onLimit }: PagerProps) {
  const { t } = useTranslation();
  const total = pagination.total ?? 0;
  const open = pagination.totalRelation === 'gte';
  const last = Math.max(1, pagination.totalPages ?? Math.ceil(total / limit));
  const first = rows === 0 ? 0 : (page - 1) * limit + 1;
  const hasNext = page < last || (open && rows === limit);
  const step = (to: number, label: string, icon: React.ReactNode, enabled: boolean) => (
    <button
      type="button"
      className={styles.step}
      aria-label={label}
      disabled={!enabled}
      onClick={() => onPage(to)}
    >
      {icon}
    </button>
  );
  return (
    <footer className={styles.pager}>
      <p className={styles.count} role="status">
        <Trans
          i18nKey="records.pager.count"
          values={{
            from: num(first),
            to: num(first === 0 ? 0 : first + rows - 1),
            total: num(total) + (open ? '+' : ''),
          }}
          components={{ b: <b /> }}
        />
      </p>
      <Select
        className={styles.size}
        size="xs"
        aria-label={t('records.pager.size')}
        data={PAGE_SIZES.map((size) => ({
          value: String(size),
          label: t('records.pager.perPage', { count: size }),
        }))}
        value={String(limit)}
        allowDeselect={false}
        onChange={(value) => value && onLimit(Number(value))}
      />
      <nav className={styles.pages} aria-label={t('records.pager.label')}>
        {step(
          page - 1,
          t('records.pager.previous'),
          <IconChevronLeft size={16} stroke={1.8} />,
          page > 1,
        )}
        {pagesAround(page, last).map((one, index) =>
          one === '…' ? (
            <span key={`gap${index}`} className={styles.gap} aria-hidden>
              …
            </span>
          ) : (
            <button
              key={one}
              type="button"
              className={styles.page}
              aria-label={t('records.pager.page', { page: num(one) })}
              aria-current={one === page ? 'page' : undefined}
              onClick={() => onPage(one)}
            >
              {num(one)}
            </button>
          ),
        )}
        {step(
          page + 1,
          t('records.pager.next'),
          <IconChevronRight size={16} stroke={1.8} />,
          hasNext,
        )}
      </nav>
    </footer>
  );
}
