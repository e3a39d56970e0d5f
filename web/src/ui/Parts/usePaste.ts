import type { ClipboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetaField } from '@/api/types';
import { isEmpty, ROW, type FormValues, type Row } from '@/ui/Edit/values';
import { typeOf } from '@/ui/fields';
import { newRow } from '@/ui/RecordForm/formValues';
import { toast } from '@/ui/toast';
import { cellsOf, readCell } from './clipboard';
import { shownIn } from './titles';
import { useNames } from './useNames';
import type { Rows } from './useRows';

const MOST_ROWS = 500;

/** A cell that names a record: which one that is, the server knows. */
interface Named {
  row: string;
  part: MetaField;
  name: string;
}

/** The rows with a table laid over them; below the last one new ones begin. */
function laidOver(field: MetaField, rows: Row[], lines: string[][], at: number, first: number) {
  const columns = shownIn(field);
  const named: Named[] = [];
  const next = [...rows];
  lines.forEach((line, down) => {
    const values: FormValues = {};
    const names: Omit<Named, 'row'>[] = [];
    line.forEach((cell, right) => {
      const part = columns[first + right];
      if (!part || part.readOnly) return;
      values[part.key] = readCell(part, cell);
      if (typeOf(part).points && cell.trim()) names.push({ part, name: cell.trim() });
    });
    const there = next[at + down];
    const row = there ? { ...there, ...values } : newRow(field, values);
    next[at + down] = row;
    named.push(...names.map((one) => ({ ...one, row: row[ROW].key })));
  });
  return { next, named };
}

/** Lines of a spreadsheet fill rows from the cell on in which they are pasted. */
export function usePaste(field: MetaField, { latest, undoable }: Rows) {
  const { t } = useTranslation();
  const idOf = useNames();

  const resolve = async (named: Named[]) => {
    const ids = new Map<string, string | undefined>();
    for (const { part, name } of named) {
      const asked = `${part.key} ${name}`;
      if (!ids.has(asked)) ids.set(asked, await idOf(part, name).catch(() => undefined));
    }
    const idAt = (row: Row, key: string) => {
      const cell = named.find(({ row: one, part }) => one === row[ROW].key && part.key === key);
      return cell && isEmpty(row[key]) ? ids.get(`${key} ${cell.name}`) : undefined;
    };
    const { rows, onChange } = latest.current;
    const keys = new Set(named.map(({ part }) => part.key));
    onChange(
      rows.map((row) => {
        const found = [...keys].map((key) => [key, idAt(row, key)] as const);
        return { ...row, ...Object.fromEntries(found.filter(([, id]) => id)) };
      }),
    );
    const unknown = named.filter(({ part, name }) => !ids.get(`${part.key} ${name}`));
    const names = [...new Set(unknown.map(({ name }) => name))].join(', ');
    if (names) toast.fail(t('records.parts.unknown', { names }));
  };

  return (event: ClipboardEvent, at: number, part: MetaField) => {
    const cells = cellsOf(event.clipboardData.getData('text/plain'));
    const column = cells.every((line) => line.length === 1);
    if (column && (cells.length === 1 || typeOf(part).multiline)) return;
    event.preventDefault();
    const { rows, onChange } = latest.current;
    const filled = cells.filter((line) => line.some((cell) => cell.trim()));
    const limit = Math.max(rows.length, field.max ?? MOST_ROWS);
    const lines = filled.slice(0, limit - at);
    const first = shownIn(field).findIndex(({ key }) => key === part.key);
    const { next, named } = laidOver(field, rows, lines, at, first);
    onChange(next);
    undoable(t('records.parts.pasted', { count: lines.length }), () =>
      latest.current.onChange(rows),
    );
    if (lines.length < filled.length) toast.fail(t('records.parts.full', { limit }));
    if (named.length > 0) void resolve(named);
  };
}
