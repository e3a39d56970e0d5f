import { useElementSize } from '@mantine/hooks';
import { useState } from 'react';
import type { Column, TableRow } from './types';

/** Widths of the select and the menu column, as the style sheet has them. */
export const SELECT_WIDTH = 52;
const MENU_WIDTH = 48;

type Widths = Record<string, number>;

/** What is left of the window goes to the columns that nobody has sized, each by its own measure. */
export function grown(
  columns: { id: string; size: number }[],
  sized: Widths,
  room: number,
): Widths {
  const wide = (column: { id: string; size: number }) => sized[column.id] ?? column.size;
  const free = room - columns.reduce((sum, column) => sum + wide(column), 0);
  const growing = columns.filter(({ id }) => sized[id] === undefined);
  const measure = growing.reduce((sum, { size }) => sum + size, 0);
  return Object.fromEntries(
    growing.map(({ id, size }) => [
      id,
      free > 0 ? size + Math.floor((free * size) / measure) : size,
    ]),
  );
}

/** How wide each shown column is in this window. */
export function useColumnWidths<Row extends TableRow>(shown: Column<Row>[], sized: Widths) {
  const { ref, width } = useElementSize<HTMLDivElement>();
  const [held, setHeld] = useState<Widths | null>(null);
  const widths = held ?? grown(shown, sized, width - SELECT_WIDTH - MENU_WIDTH);
  /** While one column is pulled the others stand still. */
  const hold = () => {
    setHeld(widths);
    const release = () => setHeld(null);
    window.addEventListener('mouseup', release, { once: true });
    window.addEventListener('touchend', release, { once: true });
  };
  return { ref, widths, hold };
}
