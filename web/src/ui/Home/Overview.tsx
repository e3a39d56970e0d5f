import type { ReactNode } from 'react';
import styles from './Columns.module.css';

/** The body of a page of cards, which scrolls below its header. */
export const Overview = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className={styles.scroll} tabIndex={0} role="region" aria-label={label}>
    <div className={styles.page}>{children}</div>
  </div>
);
