import type { ReactNode } from 'react';
import type { After } from '@/ui/RecordForm/InlineEditor';

export interface TableRow {
  id: string;
}

export interface EditHandle {
  save: (value: unknown, after: After) => void;
  cancel: () => void;
}

export interface Column<Row extends TableRow> {
  id: string;
  label: string;
  size: number;
  sortable?: boolean;
  align?: 'end';
  /** What names the row: it cannot be hidden, and Enter opens it. */
  title?: boolean;
  hiddenAtFirst?: boolean;
  cell: (row: Row) => ReactNode;
  /** Stands in the cell's place while it is edited. */
  editor?: (row: Row, handle: EditHandle) => ReactNode;
  mayEdit?: (row: Row) => boolean;
}

/** "name" upwards, "-name" downwards. */
export type Sort = string | undefined;

export const sortOf = (sort: Sort) =>
  sort
    ? {
        field: sort.replace(/^-/, ''),
        order: sort.startsWith('-') ? ('desc' as const) : ('asc' as const),
      }
    : undefined;

/** A click on a header: up, down, as it was. */
export function nextSort(sort: Sort, field: string): Sort {
  if (sort === field) return `-${field}`;
  return sort === `-${field}` ? undefined : field;
}
