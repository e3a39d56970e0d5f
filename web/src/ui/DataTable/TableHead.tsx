import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './DataTable.module.css';
import { HeaderCell } from './HeaderCell';
import type { Column, Sort, TableRow } from './types';
import type { Selection } from './useSelection';
import type { Headers } from './useTableShape';

interface TableHeadProps<Row extends TableRow> {
  headers: Headers<Row>;
  byId: Map<string, Column<Row>>;
  selection: Selection;
  sort: Sort;
  onSort: (sort: Sort) => void;
  /** Before one is drawn wider: all others keep the width that they have. */
  onResize: () => void;
}

/** Names of the columns: sorted by a press, resized at the edge. */
export function TableHead<Row extends TableRow>(props: TableHeadProps<Row>) {
  const { headers, byId, selection, sort, onSort, onResize } = props;
  const { t } = useTranslation();
  return (
    <thead>
      <tr>
        <th scope="col" className={styles.select} aria-label={t('records.selection')}>
          <Checkbox
            size="xs"
            radius="xs"
            aria-label={t('records.selectPage')}
            checked={selection.page === 'all'}
            indeterminate={selection.page === 'some'}
            onChange={selection.togglePage}
          />
        </th>
        {headers.map((header) => {
          const column = byId.get(header.column.id);
          return (
            <HeaderCell
              key={header.id}
              id={header.column.id}
              label={column?.label ?? ''}
              align={column?.align}
              sortable={column?.sortable}
              sort={sort}
              onSort={onSort}
              resizing={header.column.getIsResizing()}
              title={column?.title}
              onResize={(event) => {
                onResize();
                header.getResizeHandler()(event);
              }}
              onResetSize={() => header.column.resetSize()}
            />
          );
        })}
        <th className={styles.filler} aria-hidden />
        <th scope="col" className={styles.menu}>
          <span className="srOnly">{t('records.actions')}</span>
        </th>
      </tr>
    </thead>
  );
}
