import { Link } from '@tanstack/react-router';
import type { Target } from '@/lib/addresses';
import { num } from '@/lib/format';
import styles from './Pillars.module.css';

export interface Pillar {
  key: string;
  label: string;
  /** In full, for who does not see it. */
  name: string;
  count: number;
  to: Target;
}

/** Numbers of one span after the other, each the way to those that it counts. */
export function Pillars({ pillars }: { pillars: Pillar[] }) {
  const most = Math.max(...pillars.map(({ count }) => count), 1);
  return (
    <ol className={styles.pillars}>
      {pillars.map(({ key, label, name, count, to }) => (
        <li key={key} className={styles.one}>
          <Link
            to={to.to}
            search={to.search}
            className={styles.pillar}
            aria-label={`${name}: ${num(count)}`}
          >
            <span className={styles.count}>{num(count)}</span>
            <span className={styles.shaft} style={{ height: `${(count / most) * 100}%` }} />
          </Link>
          <span className={styles.label} aria-hidden>
            {label}
          </span>
        </li>
      ))}
    </ol>
  );
}
