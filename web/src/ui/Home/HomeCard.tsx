import { Link } from '@tanstack/react-router';
import { useId, type ReactNode } from 'react';
import type { Target } from '@/lib/addresses';
import styles from './HomeCard.module.css';

interface HomeCardProps {
  title: string;
  text?: string;
  /** The whole of what it shows a part of. */
  all?: Target & { label: string };
  /** Right of the title: progress, a sum. */
  beside?: ReactNode;
  action?: ReactNode;
  children: ReactNode;
}

/** A part of a page of overview, with a title of its own. */
export function HomeCard({ title, text, all, beside, action, children }: HomeCardProps) {
  const id = useId();
  return (
    <section className={styles.card} aria-labelledby={id}>
      <div className={styles.head}>
        <div className={styles.titles}>
          <h2 id={id} className={styles.title}>
            {title}
          </h2>
          {text && <p className={styles.text}>{text}</p>}
        </div>
        {beside}
        {all && (
          <Link to={all.to} search={all.search} className={styles.all}>
            {all.label}
          </Link>
        )}
        {action}
      </div>
      {children}
    </section>
  );
}

/** That there is nothing, said without a fuss. */
export const Quiet = ({ icon, children }: { icon?: ReactNode; children: ReactNode }) => (
  <p className={styles.quiet}>
    {icon && (
      <span className={styles.quietIcon} aria-hidden>
        {icon}
      </span>
    )}
    {children}
  </p>
);
