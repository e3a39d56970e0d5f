import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { RecordRow } from '@/api/records';

interface RecordLinkProps {
  row: RecordRow;
  to: string;
  className?: string;
  tabIndex?: number;
  children: ReactNode;
}

/** The way to a record; what lies in the bin has no page until it is restored. */
export function RecordLink({ row, to, children, ...rest }: RecordLinkProps) {
  if (isInBin(row)) return <span className={rest.className}>{children}</span>;
  return (
    <Link to={to} {...rest}>
      {children}
    </Link>
  );
}

export const isInBin = (row: RecordRow): boolean => Boolean(row.deletedAt);
