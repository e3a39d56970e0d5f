import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Import } from '@/api/types';
import { num } from '@/lib/format';
import { importSummariesQuery } from './queries';
import { keepSummaries, keepSummary, leaveSummariesOut } from './corrections';
import styles from './Mending.module.css';
import type { Mending } from './useTrial';

/** Lines that look like totals stay out, unless somebody says that they are customers. */
export function SummaryLines({ row, mending }: { row: Import; mending: Mending }) {
  const { t } = useTranslation();
  const { draft, mend } = mending;
  const { data } = useQuery({ ...importSummariesQuery(row), enabled: row.skipped > 0 });
  const lines = row.skipped > 0 ? (data?.data ?? []) : [];
  const count = lines.length === 0 ? 0 : (data?.pagination.total ?? 0);
  const all = draft.summaryLines === 'import';
  const kept = draft.summaryRows.length;
  if (count === 0 && kept === 0 && !all) return null;
  return (
    <section className={styles.section} aria-label={t('imports.totals.label')}>
      {count > 0 && (
        <div className={styles.head}>
          <h3>{t('imports.totals.out', { count, number: num(count) })}</h3>
          <Button size="xs" variant="default" onClick={() => mend(keepSummaries)}>
            {t('imports.totals.keepAll')}
          </Button>
        </div>
      )}
      <ul className={styles.lines}>
        {lines.map((one) => (
          <li key={one.row}>
            <span className="num">{t('imports.totals.line', { line: num(one.line) })}</span>
            <span className={styles.cells}>{one.cells.filter(Boolean).join(' · ')}</span>
            <Button
              size="xs"
              variant="subtle"
              aria-label={t('imports.totals.keepLine', { line: num(one.line) })}
              onClick={() => mend((before) => keepSummary(before, one.row))}
            >
              {t('imports.totals.keep')}
            </Button>
          </li>
        ))}
      </ul>
      {(all || kept > 0) && (
        <div className={styles.head}>
          <p>
            {all
              ? t('imports.totals.keptAll')
              : t('imports.totals.kept', { count: kept, number: num(kept) })}
          </p>
          <Button size="xs" variant="default" onClick={() => mend(leaveSummariesOut)}>
            {t('imports.totals.leaveOut')}
          </Button>
        </div>
      )}
    </section>
  );
}
