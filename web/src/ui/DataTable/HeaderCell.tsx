import { IconArrowDown, IconArrowUp, IconSelector } from '@tabler/icons-react';
import type { MouseEvent, TouchEvent } from 'react';
import styles from './DataTable.module.css';
import { useTranslation } from 'react-i18next';
import { nextSort, type Sort } from './types';

interface HeaderCellProps {
  id: string;
  label: string;
  align?: 'end';
  /** Stays in sight when the table is moved sideways. */
  title?: boolean;
  sortable?: boolean;
  sort: Sort;
  onSort: (sort: Sort) => void;
  resizing: boolean;
  onResize: (event: MouseEvent | TouchEvent) => void;
  onResetSize: () => void;
}

export function HeaderCell(props: HeaderCellProps) {
  const { t } = useTranslation();
  const { id, label, align, title, sortable, sort, onSort, resizing, onResize, onResetSize } =
    props;
  const up = sort === id;
  const down = sort === `-${id}`;
  const Arrow = down ? IconArrowDown : up ? IconArrowUp : IconSelector;
  return (
    <th
      scope="col"
      className={styles.head}
      data-align={align}
      data-title={title || undefined}
      title={sortable ? undefined : t('records.unsortable', { field: label })}
      aria-sort={up ? 'ascending' : down ? 'descending' : undefined}
    >
      {sortable ? (
        <button type="button" className={styles.sort} onClick={() => onSort(nextSort(sort, id))}>
          <span className={styles.headText}>{label}</span>
          <Arrow size={13} stroke={2} aria-hidden data-shown={up || down || undefined} />
        </button>
      ) : (
        <span className={styles.headText}>{label}</span>
      )}
      <span
        aria-hidden
        className={styles.grip}
        data-resizing={resizing || undefined}
        onMouseDown={onResize}
        onTouchStart={onResize}
        onDoubleClick={onResetSize}
      />
    </th>
  );
}
