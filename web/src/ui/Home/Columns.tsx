import type { ReactNode } from 'react';
import styles from './Columns.module.css';

/** Cards in two columns, left and right in turn, each below the last one of its side. */
export function Columns({ children }: { children: ReactNode[] }) {
  return (
    <div className={styles.columns}>
      {[0, 1].map((side) => (
        <div key={side} className={styles.column}>
          {children.filter((_, index) => index % 2 === side)}
        </div>
      ))}
    </div>
  );
}
