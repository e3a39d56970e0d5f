import { Checkbox } from '@mantine/core';
import {
  columnOrderingFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useMergedRef } from '@mantine/hooks';
import { useEffect, useMemo, useRef, useState, type MouseEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { BodyRow, type RowHandlers } from './BodyRow';
import styles from './DataTable.module.css';
import { HeaderCell } from './HeaderCell';
import type { Column, Sort, TableRow } from './types';
import { SELECT_WIDTH, useColumnWidths } from './useColumnWidths';
import { useGrid } from './useGrid';
import type { Selection } from './useSelection';
import { useSteadyRows } from './useSteadyRows';
import type { TableLayout } from './useTableLayout';

const features = tableFeatures({
  columnVisibilityFeature,
  columnOrderingFeature,
  columnSizingFeature,
  columnResizingFeature,
});

export interface DataTableProps<Row extends TableRow> {
  label: string;
  rows: Row[];
  columns: Column<Row>[];
  layout: TableLayout;
  nameOf: (row: Row) => string;
  sort: Sort;
  onSort: (sort: Sort) => void;
  selection: Selection;
  touched: Record<string, number>;
  /** See useSteadyRows. */
  scope: string;
  stale: boolean;
  menu?: (row: Row) => ReactNode;
  onOpen: (row: Row) => void;
  onEdit?: (row: Row) => void;
  onSave: (row: Row, column: string, value: unknown) => void;
  /** How many rows wait until the pointer has left. */
  onWaiting?: (count: number) => void;
}

const MIN_SIZE = 80;

/** Sorted, resized, walked and edited in place; what the rows mean is the caller's business. */
export function DataTable<Row extends TableRow>(props: DataTableProps<Row>) {
  const { label, columns, layout, nameOf, sort, onSort, selection, touched, scope, menu } = props;
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const [menuRow, setMenuRow] = useState<string | null>(null);
  const { rows, gone, waiting, hold } = useSteadyRows(props.rows, scope);
  const { onWaiting } = props;
  useEffect(() => onWaiting?.(waiting), [waiting, onWaiting]);

  const byId = new Map(columns.map((column) => [column.id, column]));
  const shown = layout.order
    .filter((id) => layout.visibility[id])
    .map((id) => byId.get(id))
    .filter((column) => column !== undefined);
  const { ref: measure, widths, hold: holdWidths } = useColumnWidths(shown, layout.sizes);
  const widthsKey = JSON.stringify(widths);
  const definitions = useMemo(() => {
    const wide = JSON.parse(widthsKey) as Record<string, number>;
    return columns.map(({ id, label: header, size }) => ({
      ...{ id, header, minSize: MIN_SIZE },
      size: wide[id] ?? size,
    }));
  }, [columns, widthsKey]);
  const table = useTable({
    features,
    columns: definitions,
    data: rows,
    columnResizeMode: 'onChange',
    state: {
      columnVisibility: layout.visibility,
      columnOrder: layout.order,
      columnSizing: layout.sizes,
    },
    onColumnSizingChange: layout.setSizes,
  });
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  const rowById = new Map(rows.map((row) => [row.id, row]));
  const titleColumn = columns.find(({ title }) => title)?.id ?? columns[0]?.id ?? '';

  const grid = useGrid({
    table: box,
    rows: rows.map(({ id }) => id),
    columns: ['select', ...shown.map(({ id }) => id), 'menu'],
    titleColumn,
    mayEdit: (cell) => {
      const row = rowById.get(cell.row);
      const column = byId.get(cell.column);
      return !!row && !!column?.editor && !gone.has(row.id) && (column.mayEdit?.(row) ?? true);
    },
    onOpen: (id) => props.onOpen(rowById.get(id)!),
    onEdit: props.onEdit && ((id) => rowById.has(id) && props.onEdit?.(rowById.get(id)!)),
    onToggle: selection.toggle,
    onClear: selection.clear,
  });
  const handlers = useStable<Row>({
    toggle: selection.toggle,
    save: (row, column, value, after) => {
      props.onSave(row, column, value);
      grid.finish({ row: row.id, column }, after);
    },
    cancel: (cell) => grid.finish(cell, 'stay'),
    openMenu: (id) => {
      // The button is no stop of its own: who leaves its menu is in the cell again.
      if (id === null && menuRow) grid.focusSoon({ row: menuRow, column: 'menu' });
      setMenuRow(id);
    },
  });
  const editAt = (event: MouseEvent) => {
    const cell = grid.cellOf(event.target);
    if (cell && !(event.target as HTMLElement).closest('button, input, [data-editing]')) {
      grid.edit(cell);
    }
  };
  const titleWidth = headers.find(({ column }) => column.id === titleColumn)?.getSize() ?? 0;
  const activeRow = grid.active && rowById.has(grid.active.row) ? grid.active : null;
  const stopColumn = (id: string, index: number) => {
    if (activeRow) return activeRow.row === id ? activeRow.column : null;
    return index === 0 ? titleColumn : null;
  };
  return (
    <div
      ref={useMergedRef(box, measure)}
      className={styles.scroll}
      data-stale={props.stale || undefined}
      // What stands in sight while one moves sideways hides nothing that is moved to.
      style={{ scrollPaddingInline: `${SELECT_WIDTH + titleWidth}px 48px` }}
      onMouseOver={tellCut}
      onScroll={({ currentTarget: box }) =>
        box.toggleAttribute('data-scrolled', box.scrollLeft > 0)
      }
    >
      <table
        role="grid"
        aria-label={label}
        aria-multiselectable
        aria-busy={props.stale || undefined}
        className={styles.table}
      >
        <colgroup>
          <col className={styles.selectCol} />
          {headers.map((header) => (
            <col key={header.id} style={{ width: header.getSize() }} />
          ))}
          <col className={styles.fillerCol} />
          <col className={styles.menuCol} />
        </colgroup>
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
                    holdWidths();
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
        <tbody onKeyDown={grid.onKeyDown} onFocus={grid.onFocus} onDoubleClick={editAt} {...hold}>
          {rows.map((row, index) => (
            <BodyRow
              key={row.id}
              row={row}
              name={nameOf(row)}
              columns={shown}
              selected={selection.has(row.id)}
              active={stopColumn(row.id, index)}
              editing={grid.editing?.row === row.id ? grid.editing.column : null}
              touched={touched[row.id]}
              gone={gone.has(row.id)}
              menuOpen={menuRow === row.id}
              menu={menu}
              handlers={handlers}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Of a value that is cut off, the pointer tells all. */
function tellCut({ target }: MouseEvent): void {
  const cell = (target as HTMLElement).closest<HTMLElement>('[data-cell]');
  if (!cell || cell.title) return;
  const isCut = ({ scrollWidth, clientWidth }: HTMLElement) => scrollWidth > clientWidth + 1;
  const parts = [cell, ...cell.querySelectorAll<HTMLElement>('span, a')];
  if (parts.some((part) => part.clientWidth > 0 && isCut(part))) cell.title = cell.innerText;
}

/** The same functions for ever, calling the newest ones: memoised rows stay as they are. */
function useStable<Row extends TableRow>(latest: RowHandlers<Row>): RowHandlers<Row> {
  const current = useRef(latest);
  useEffect(() => {
    current.current = latest;
  });
  return useMemo(
    () => ({
      toggle: (id, range) => current.current.toggle(id, range),
      save: (row, column, value, after) => current.current.save(row, column, value, after),
      cancel: (cell) => current.current.cancel(cell),
      openMenu: (id) => current.current.openMenu(id),
    }),
    [],
  );
}
