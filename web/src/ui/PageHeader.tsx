import { IconChevronLeft } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import type { Search } from '@/lib/addresses';
import styles from './PageHeader.module.css';

interface PageHeaderProps {
  title: string;
  icon?: ReactNode;
  /** "Clientes" before "João Silva". */
  parent?: { label: string; to: string; search?: Search };
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
        <div className={styles.crumb}>
          <Link to={parent.to} search={parent.search}>
            <IconChevronLeft className={styles.back} size={20} stroke={1.8} aria-hidden />
            <span className={styles.parent}>{parent.label}</span>
          </Link>
          <span aria-hidden className={styles.slash}>
            /
          </span>
        </div>
      )}
      <h1 className={styles.title}>{title}</h1>
      {count !== undefined && <span className={styles.count}>{count}</span>}
      {beside}
      <div className={styles.actions}>{children}</div>
    </header>
  );
}
