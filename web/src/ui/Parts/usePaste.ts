import type { ClipboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetaField } from '@/api/types';
import { mergeRows } from '@/ui/Edit/mergeRows';
import { isEmpty, ROW, type FormValues, type Row } from '@/ui/Edit/values';
import { typeOf } from '@/ui/fields';
import { newRow } from '@/ui/RecordForm/formValues';
import { toast } from '@/ui/toast';
import { cellsOf, readCell } from './clipboard';
import { shownIn } from './titles';
import type { Filling } from './useFills';
import { useNames } from './useNames';
import type { Rows } from './useRows';

const MOST_ROWS = 500;

/** A cell that names a record: which one that is, the server knows. */
interface Named {
  part: MetaField;
  name: string;
}
interface Line {
  values: FormValues;
  names: Named[];
}

/** What the cells of a line mean, from the column on in which they are pasted. */
async function lineOf(columns: MetaField[], cells: string[]): Promise<Line> {
  const filled = cells.flatMap((cell, at) => {
    const part = columns[at];
    return part && !part.readOnly ? [{ part, cell: cell.trim() }] : [];
  });
  const values = await Promise.all(
    filled.map(async ({ part, cell }) => [part.key, await readCell(part, cell)] as const),
  );
  const named = filled.filter(({ part, cell }) => typeOf(part).points && cell !== '');
  return {
    values: Object.fromEntries(values),
    names: named.map(({ part, cell }) => ({ part, name: cell })),
  };
}

/** The rows with lines laid over them; below the last one new ones begin. */
function laidOver(field: MetaField, rows: Row[], lines: Line[], at: number) {
  const next = [...rows];
  lines.forEach(({ values }, down) => {
    const there = next[at + down];
    next[at + down] = there ? { ...there, ...values } : newRow(field, values);
  });
  const named = lines.flatMap(({ names }, down) =>
    names.map((one) => ({ ...one, row: next[at + down]![ROW].key })),
  );
  return { next, named };
}

/** Lines of a spreadsheet fill rows from the cell on in which they are pasted. */
export function usePaste(field: MetaField, { latest, undoable }: Rows, filling: Filling) {
  const { t } = useTranslation();
  const idOf = useNames();

  /** As if it had been chosen there by hand. */
  const choose = async (row: string, part: MetaField, idFor: (cell: Row) => unknown) => {
    const there = latest.current.rows.find((one) => one[ROW].key === row);
    const id = there && idFor(there);
    if (there && id) await filling.write(there, part, id);
  };

  const resolve = async (named: (Named & { row: string })[]) => {
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
    const next = rows.map((row): Row => {
      const found = [...keys].map((key) => [key, idAt(row, key)] as const);
      return { ...row, ...Object.fromEntries(found.filter(([, id]) => id)) };
    });
    onChange(next);
    for (const { part, row } of named) await choose(row, part, (cell) => cell[part.key]);
    const unknown = named.filter(({ part, name }) => !ids.get(`${part.key} ${name}`));
    const names = [...new Set(unknown.map(({ name }) => name))].join(', ');
    if (names) toast.fail(t('records.parts.unknown', { names }));
    return latest.current.rows;
  };

  /** A name that is pasted alone also chooses the one record that is called so. */
  const recognise = async (name: string, row: string, part: MetaField) => {
    const chosenBy = shownIn(field).filter((one) => !one.readOnly && filling.hasFill(one));
    const links = typeOf(part).points ? [part] : typeOf(part).names ? chosenBy : [];
    for (const link of links) {
      const id = await idOf(link, name).catch(() => undefined);
      await choose(row, link, (cell) => (link === part || isEmpty(cell[link.key]) ? id : null));
    }
  };

  const lay = async (lines: string[][], row: string, part: MetaField) => {
    const columns = shownIn(field);
    const first = columns.findIndex(({ key }) => key === part.key);
    const read = await Promise.all(lines.map((line) => lineOf(columns.slice(first), line)));
    const { rows, onChange } = latest.current;
    const at = rows.findIndex((one) => one[ROW].key === row);
    if (at < 0) return;
    const limit = Math.max(rows.length, field.max ?? MOST_ROWS);
    const fitting = read.slice(0, limit - at);
    const { next, named } = laidOver(field, rows, fitting, at);
    onChange(next);
    let laid = next;
    undoable(t('records.parts.pasted', { count: fitting.length }), () => {
      // What was written since stays.
      const now = latest.current;
      now.onChange(mergeRows(laid, rows, now.rows).rows);
    });
    if (fitting.length < read.length) toast.fail(t('records.parts.full', { limit }));
    if (named.length > 0) laid = await resolve(named);
  };

  return (event: ClipboardEvent, row: string, part: MetaField) => {
    const cells = cellsOf(event.clipboardData.getData('text/plain'));
    const column = cells.every((line) => line.length === 1);
    if (column && (cells.length === 1 || typeOf(part).multiline)) {
      const name = cells.length === 1 ? cells[0]?.[0]?.trim() : undefined;
      if (name) void recognise(name, row, part);
      return;
    }
    event.preventDefault();
    const lines = cells.filter((line) => line.some((cell) => cell.trim()));
    void lay(lines.slice(0, MOST_ROWS), row, part);
  };
}
