import { useState, type PointerEvent } from 'react';
import type { TableRow } from './types';

interface Held<Row> {
  rows: Row[];
  scope: string;
}

/**
 * Nothing moves under the pointer: while it is over the rows, changes of others appear in place,
 * rows that left stay (faded), and new ones wait until the pointer is gone.
 * `scope` changes with every question and with every act of this person, and lets go.
 */
export function useSteadyRows<Row extends TableRow>(rows: Row[], scope: string) {
  const [held, setHeld] = useState<Held<Row> | null>(null);
  const hold = {
    onPointerEnter: (event: PointerEvent) => {
      if (event.pointerType === 'mouse') setHeld({ rows, scope });
    },
    onPointerLeave: () => setHeld(null),
  };
  if (!held || held.scope !== scope) return { rows, gone: NOBODY, waiting: 0, hold };
  const fresh = new Map(rows.map((row) => [row.id, row]));
  const kept = held.rows.map((row) => fresh.get(row.id) ?? row);
  const gone = new Set(held.rows.filter(({ id }) => !fresh.has(id)).map(({ id }) => id));
  const ids = new Set(held.rows.map(({ id }) => id));
  const waiting = rows.filter(({ id }) => !ids.has(id)).length;
  return { rows: kept, gone: gone as ReadonlySet<string>, waiting, hold };
}

const NOBODY: ReadonlySet<string> = new Set();
