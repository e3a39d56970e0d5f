import { useTranslation } from 'react-i18next';
import styles from './Board.module.css';
import { whole } from './money';
import type { Sums } from './totals';

/** What is open and what may be expected of it, by all that the filter finds. */
export function BoardSums({ sums }: { sums: Sums }) {
  const { t } = useTranslation();
  const told = [
    { label: t('sales.board.open'), value: whole(sums.open) },
    { label: t('sales.board.weighted'), value: whole(sums.weighted) },
    sums.ticket !== undefined && { label: t('sales.board.ticket'), value: whole(sums.ticket) },
    sums.cycleDays !== undefined && {
      label: t('sales.board.cycle'),
      value: t('sales.board.cycleDays', { count: sums.cycleDays }),
    },
  ].filter((one) => one !== false);
  return (
    <dl className={styles.sums} tabIndex={0} aria-label={t('sales.board.sums')}>
      {told.map(({ label, value }) => (
        <div key={label} className={styles.figure}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
