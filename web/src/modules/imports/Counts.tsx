import { useTranslation } from 'react-i18next';
import type { Import } from '@/api/types';
import { num } from '@/lib/format';
import styles from './Import.module.css';

const COUNTS = [
  ['created', 'green'],
  ['updated', 'blue'],
  ['skipped', 'gray'],
  ['failed', 'red'],
] as const;

/** `future`: nothing has been written yet. */
export function Counts({ row, future }: { row: Import; future?: boolean }) {
  const { t } = useTranslation();
  return (
    <dl className={styles.counts}>
      {COUNTS.map(([key, hue]) => (
        <div key={key} className={styles.count}>
          <dt>
            <span className={styles.dot} data-hue={hue} />
            {t(`imports.${future ? 'will' : 'did'}.${key}`)}
          </dt>
          <dd>{num(row[key])}</dd>
        </div>
      ))}
    </dl>
  );
}
