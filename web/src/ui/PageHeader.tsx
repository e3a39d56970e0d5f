import { Link } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import styles from './PageHeader.module.css';

interface PageHeaderProps {
  title: string;
  icon?: ReactNode;
  /** "Clientes" before "João Silva". */
  parent?: { label: string; to: string };
  count?: string;
  /** Beside the title: a star, a picker. */
  beside?: ReactNode;
  /** Right: secondary buttons, then the one primary. */
  children?: ReactNode;
}

export function PageHeader({ title, icon, parent, count, beside, children }: PageHeaderProps) {
  useEffect(() => {
    document.title = `${title} · Ponte`;
  }, [title]);
  return (
    <header className={styles.header}>
      {icon && <span className={styles.icon}>{icon}</span>}
      {parent && (
        <nav className={styles.crumb}>
          <Link to={parent.to}>{parent.label}</Link>
          <span aria-hidden>/</span>
        </nav>
      )}
      <h1 className={styles.title}>{title}</h1>
      {count !== undefined && <span className={styles.count}>{count}</span>}
      {beside}
      <div className={styles.actions}>{children}</div>
    </header>
  );
}
