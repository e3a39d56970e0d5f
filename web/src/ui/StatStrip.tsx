import type { Hue } from '@/lib/hues';
import { num } from '@/lib/format';
import styles from './StatStrip.module.css';

export interface Stat {
  key: string;
  label: string;
  value: number | undefined;
  hue?: Hue;
}

interface StatStripProps {
  label: string;
  stats: Stat[];
  active: string;
  onPick: (key: string) => void;
}

/** Counts that are filters: one of them is always on. */
export function StatStrip({ label, stats, active, onPick }: StatStripProps) {
  return (
    <div className={styles.strip} role="group" aria-label={label} tabIndex={-1}>
      {stats.map(({ key, label: name, value, hue }) => (
        <button
          key={key}
          type="button"
          className={styles.stat}
          aria-pressed={key === active}
          onClick={() => onPick(key)}
        >
          <span className={styles.label}>
            {hue && <span className={styles.dot} data-hue={hue} />}
            {name}
          </span>
          <span className={styles.value}>{value === undefined ? '–' : num(value)}</span>
        </button>
      ))}
    </div>
  );
}
