import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetaField } from '@/api/types';
import { moved } from '@/lib/moved';
import { isWritten, ROW, type FormValues, type Row } from '@/ui/Edit/values';
import { placeIn } from '@/ui/RecordForm/check';
import { newRow } from '@/ui/RecordForm/formValues';
import { toast } from '@/ui/toast';
import { titleIn } from './titles';

const keyOf = (row: Row) => row[ROW].key;

/** The rows of a field that is edited: what can be done with them, and where the focus goes then. */
export function useRows(field: MetaField, rows: Row[], onChange: (rows: Row[]) => void) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const [begun, setBegun] = useState<string | null>(null);
  const wanted = useRef<string | null>(null);
  // What is undone later goes on from what stands there then.
  const latest = useRef({ rows, onChange });
  useEffect(() => {
    latest.current = { rows, onChange };
    const place = wanted.current;
    wanted.current = null;
    if (place) focusAt(box.current, place);
  });
  const undoable = useToasts();

  const full = typeof field.max === 'number' && rows.length >= field.max;
  const add = () => {
    // Nobody writes in two empty rows at once.
    const empty = rows.findLast((row) => !isWritten(row));
    if (empty) return focusRow(box.current, field, empty);
    if (full) return;
    const row = newRow(field);
    setBegun(keyOf(row));
    onChange([...rows, row]);
  };
  const focus = (row: Row | undefined, part: MetaField) => {
    if (row) focusAt(box.current, placeIn(field, keyOf(row), part));
  };
  const set = (key: string, values: FormValues) => {
    const now = latest.current.rows;
    const next = now.map((row) => (keyOf(row) === key ? { ...row, ...values } : row));
    // Who fills other cells in the same moment goes on from here.
    latest.current = { rows: next, onChange };
    onChange(next);
  };
  const move = (from: number, to: number, part?: MetaField) => {
    const row = rows[from];
    if (!row || to < 0 || to >= rows.length || from === to) return;
    // What is moved in the page loses the focus.
    if (part) wanted.current = placeIn(field, keyOf(row), part);
    onChange(moved(rows, from, to));
  };
  const remove = (index: number, part?: MetaField) => {
    const row = rows[index];
    if (!row) return;
    const next = rows.filter((one) => one !== row);
    const near = next[Math.min(index, next.length - 1)];
    if (near && part) wanted.current = placeIn(field, keyOf(near), part);
    onChange(next);
    if (!isWritten(row)) return;
    const name = titleIn(field, row) ?? t('records.parts.row', { number: index + 1 });
    undoable(t('records.parts.removed', { name }), () => {
      const now = latest.current;
      const back = [...now.rows];
      back.splice(index, 0, row);
      now.onChange(back);
    });
  };
  return { box, begun, full, latest, undoable, add, focus, set, move, remove };
}

export type Rows = ReturnType<typeof useRows>;

function focusAt(box: HTMLElement | null, place: string): void {
  const cell = `[data-field="${CSS.escape(place)}"] :is(input, textarea)`;
  box?.querySelector<HTMLElement>(cell)?.focus();
}

function focusRow(box: HTMLElement | null, field: MetaField, row: Row): void {
  const cells = `[data-field^="${CSS.escape(`${field.key}.${keyOf(row)}.`)}"] :is(input, textarea)`;
  box?.querySelector<HTMLElement>(cells)?.focus();
}

/** What can be undone while the form is there, and not behind it. */
function useToasts(): (text: string, undo: () => void) => void {
  const shown = useRef<string[]>([]);
  useEffect(() => {
    const all = shown;
    return () => all.current.forEach((id) => toast.hide(id));
  }, []);
  return (text, undo) => shown.current.push(toast.done(text, { undo }));
}
