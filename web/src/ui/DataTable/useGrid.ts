import { useRef, useState, type FocusEvent, type KeyboardEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useHotkeys } from '@/lib/hotkeys';
import type { After } from '@/ui/RecordForm/InlineEditor';

export interface Cell {
  row: string;
  column: string;
}

interface GridOptions {
  table: RefObject<HTMLElement | null>;
  rows: string[];
  /** In the order of the screen, the selection first and the row's menu last. */
  columns: string[];
  titleColumn: string;
  mayEdit: (cell: Cell) => boolean;
  onOpen: (row: string) => void;
  onEdit?: (row: string) => void;
  onToggle: (row: string, range: boolean) => void;
  onClear: () => void;
}

const STEPS: Record<string, [down: number, right: number]> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
};

/** Moves through the cells, opens and edits by keyboard. The focus is the place where one is. */
export function useGrid(options: GridOptions) {
  const { table, rows, columns, titleColumn, mayEdit, onOpen, onEdit, onToggle, onClear } = options;
  const [active, setActive] = useState<Cell | null>(null);
  const [editing, setEditing] = useState<Cell | null>(null);
  const here = useRef<Cell | null>(null);

  const focus = ({ row, column }: Cell) => {
    const name = CSS.escape(`${row}:${column}`);
    const cell = table.current?.querySelector<HTMLElement>(`[data-cell="${name}"]`);
    cell?.focus({ preventScroll: true });
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };
  // The cell of an editor comes back with the next paint.
  const focusSoon = (cell: Cell) => requestAnimationFrame(() => focus(cell));
  const step = (from: Cell, down: number, right: number): Cell => {
    const row = rows[clamp(rows.indexOf(from.row) + down, rows.length)] ?? from.row;
    const column = columns[clamp(columns.indexOf(from.column) + right, columns.length)];
    return { row, column: column ?? from.column };
  };
  const walk = (down: number) => {
    const from = here.current && rows.includes(here.current.row) ? here.current : null;
    const first = rows[0];
    if (from) focus(step(from, down, 0));
    else if (first) focus({ row: first, column: titleColumn });
  };
  const edit = (cell: Cell) => {
    if (mayEdit(cell)) setEditing(cell);
  };
  const finish = (cell: Cell, after: After) => {
    setEditing(null);
    if (after === 'stay') return focusSoon(cell);
    const direction = after === 'next' ? 1 : -1;
    const next = step(cell, 0, direction);
    if (next.column !== cell.column && mayEdit(next)) setEditing(next);
    focusSoon(next.column === cell.column ? cell : next);
  };
  const enter = (cell: Cell, target: HTMLElement) => {
    if (cell.column === 'select') onToggle(cell.row, false);
    // Once this key is through: it would close the menu that it opens.
    else if (cell.column === 'menu')
      window.setTimeout(() => target.querySelector('button')?.click());
    else if (cell.column === titleColumn || !mayEdit(cell)) onOpen(cell.row);
    else edit(cell);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const target = event.target as HTMLElement;
    const cell = cellOf(target);
    if (!cell || editing || !target.matches('[data-cell]')) return;
    const arrow = STEPS[event.key];
    if (arrow && !event.ctrlKey && !event.metaKey) focus(step(cell, ...arrow));
    else if (event.key === 'Home') focus({ ...cell, column: columns[0] ?? cell.column });
    else if (event.key === 'End') focus({ ...cell, column: columns.at(-1) ?? cell.column });
    else if (event.key === 'Enter' && !event.ctrlKey) enter(cell, target);
    else if (event.key === 'F2') edit(cell);
    else if (event.key === ' ') onToggle(cell.row, event.shiftKey);
    else return;
    event.preventDefault();
  };
  const onFocus = (event: FocusEvent) => {
    const cell = cellOf(event.target);
    if (!cell) return;
    here.current = cell;
    setActive(cell);
  };
  useGridKeys({ here, walk, onEdit, onToggle, onClear });
  return { active, editing, edit, finish, focusSoon, cellOf, onKeyDown, onFocus };
}

const clamp = (index: number, length: number) => Math.max(0, Math.min(length - 1, index));

interface GridKeys extends Pick<GridOptions, 'onEdit' | 'onToggle' | 'onClear'> {
  here: RefObject<Cell | null>;
  walk: (down: number) => void;
}

/** The keys of a list, wherever the focus is. */
function useGridKeys({ here, walk, onEdit, onToggle, onClear }: GridKeys): void {
  const { t } = useTranslation();
  const group = t('shell.keys.here');
  const editHere = () => {
    if (here.current) onEdit?.(here.current.row);
  };
  useHotkeys([
    { keys: 'j', run: () => walk(1), label: t('records.keys.next'), group },
    { keys: 'k', run: () => walk(-1), label: t('records.keys.previous'), group },
    {
      keys: 'x',
      run: (event) => here.current && onToggle(here.current.row, event.shiftKey),
      label: t('records.keys.select'),
      group,
    },
    { keys: 'e', run: editHere, label: t('ui.edit'), group },
    { keys: 'Escape', run: onClear, label: t('records.keys.clear'), group },
  ]);
}

function cellOf(target: EventTarget): Cell | null {
  const element = (target as HTMLElement).closest<HTMLElement>('[data-cell]');
  const [row, ...column] = element?.dataset.cell?.split(':') ?? [];
  return row ? { row, column: column.join(':') } : null;
}
