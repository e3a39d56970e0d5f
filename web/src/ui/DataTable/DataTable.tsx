import { useMergedRef } from '@mantine/hooks';
import {
  useEffect,
  useMemo,
  useRef,
  useState,
  type MouseEvent,
  type ReactNode,
  type RefObject,
} from 'react';
import { BodyRow, type RowHandlers } from './BodyRow';
import styles from './DataTable.module.css';
import { TableHead } from './TableHead';
import type { Column, Sort, TableRow } from './types';
import { SELECT_WIDTH } from './useColumnWidths';
import { useGrid } from './useGrid';
import type { Selection } from './useSelection';
import { useSteadyRows } from './useSteadyRows';
import type { TableLayout } from './useTableLayout';
import { useTableShape } from './useTableShape';

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

/** Sorted, resized, walked and edited in place; what the rows mean is the caller's business. */
export function DataTable<Row extends TableRow>(props: DataTableProps<Row>) {
  const { label, columns, layout, nameOf, sort, onSort, selection, touched, scope, menu } = props;
  const box = useRef<HTMLDivElement>(null);
  const { rows, gone, waiting, hold } = useSteadyRows(props.rows, scope);
  const { onWaiting } = props;
  useEffect(() => onWaiting?.(waiting), [waiting, onWaiting]);

  const shape = useTableShape(columns, layout, rows);
  const { byId, shown, headers, measure } = shape;
  const titleColumn = columns.find(({ title }) => title)?.id ?? columns[0]?.id ?? '';
  const rowById = new Map(rows.map((row) => [row.id, row]));
  const { grid, handlers, menuRow, editAt } = useCells(props, {
    box,
    rows,
    gone,
    titleColumn,
    byId,
    shown,
  });
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
        <TableHead
          headers={headers}
          byId={byId}
          selection={selection}
          sort={sort}
          onSort={onSort}
          onResize={shape.holdWidths}
        />
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

interface CellPlaces<Row extends TableRow> {
  box: RefObject<HTMLDivElement | null>;
  rows: Row[];
  gone: ReadonlySet<string>;
  titleColumn: string;
  byId: Map<string, Column<Row>>;
  shown: Column<Row>[];
}

/** Walking through the cells, and what is done in one of them. */
function useCells<Row extends TableRow>(props: DataTableProps<Row>, places: CellPlaces<Row>) {
  const { box, rows, gone, titleColumn, byId, shown } = places;
  const [menuRow, setMenuRow] = useState<string | null>(null);
  const rowById = new Map(rows.map((row) => [row.id, row]));

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
    onToggle: props.selection.toggle,
    onClear: props.selection.clear,
  });
  const handlers = useStable<Row>({
    toggle: props.selection.toggle,
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
  return { grid, handlers, menuRow, editAt };
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
