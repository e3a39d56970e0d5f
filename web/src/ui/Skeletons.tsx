import { useEffect, useState, type ReactNode } from 'react';
import styles from './Skeletons.module.css';

const DELAY_MS = 150;
const widths = [72, 58, 85, 64, 47, 78, 55, 69, 82, 45, 61, 74, 52, 66];

/** Nothing for 150 ms, so that a quick answer does not flicker. */
export function Late({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setShown(true), DELAY_MS);
    return () => window.clearTimeout(timer);
  }, []);
  return shown ? children : null;
}

export function Bar({ width, height = 10 }: { width: number | string; height?: number }) {
  return <span className={styles.bar} style={{ width: cssWidth(width), height }} />;
}

const cssWidth = (width: number | string) => (typeof width === 'number' ? `${width}%` : width);

/** Rows of a list or table in their real height. */
export function RowSkeletons({ rows = 14, avatar = true }: { rows?: number; avatar?: boolean }) {
  return (
    <Late>
      <div aria-hidden className={styles.rows}>
        {widths.slice(0, rows).map((width, index) => (
          <div key={index} className={styles.row}>
            {avatar && <span className={styles.circle} />}
            <span className={styles.cell}>
              <Bar width={width} />
            </span>
            <span className={styles.cell}>
              <Bar width={widths[(index + 5) % 14]!} />
            </span>
            <span className={styles.cell}>
              <Bar width={widths[(index + 9) % 14]!} />
            </span>
          </div>
        ))}
      </div>
    </Late>
  );
}

/** Labels and inputs of a form. */
export function FormSkeleton({ fields = 4 }: { fields?: number }) {
  return (
    <Late>
      <div aria-hidden className={styles.form}>
        {widths.slice(0, fields).map((width, index) => (
          <div key={index} className={styles.field}>
            <Bar width={width / 3} />
            <span className={styles.input} />
          </div>
        ))}
      </div>
    </Late>
  );
}
