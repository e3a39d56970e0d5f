import type { MetaField } from '@/api/types';
import { fromInput } from '@/ui/Edit/values';
import { typeOf } from '@/ui/fields';
import type { ImportDraft } from './importDraft';

const columnsOf = ({ chosen, preview }: ImportDraft, field: string) =>
  preview.columns.map(({ index }) => index).filter((index) => chosen[index] === field);

export const hasColumn = (draft: ImportDraft, field: string) => columnsOf(draft, field).length > 0;

export const isSkipped = (draft: ImportDraft, field: string) =>
  columnsOf(draft, field).some((index) => draft.skips[index]);

/** In one row only. A field that several columns fill stands in the first of them then. */
export function mendCell(draft: ImportDraft, field: string, row: number, text: string) {
  const columns = columnsOf(draft, field);
  const others = draft.fixes.filter((fix) => fix.row !== row || !columns.includes(fix.column));
  const mended = columns.map((column, at) => ({ row, column, value: at === 0 ? text : '' }));
  return { ...draft, fixes: [...others, ...mended] };
}

/** Wherever the column has this value. */
export function mendValue(draft: ImportDraft, field: string, from: string, text: string) {
  const first = columnsOf(draft, field)[0];
  if (first === undefined) return draft;
  const told = { ...draft.values[first], [from]: text };
  return { ...draft, values: { ...draft.values, [first]: told } };
}

/** What this value was corrected to, if it was. */
export function mendedTo(draft: ImportDraft, field: string, from: string): string | undefined {
  const first = columnsOf(draft, field)[0];
  return first === undefined ? undefined : draft.values[first]?.[from];
}

/** What the cell of one row was corrected to, if it was. */
export function fixedTo(draft: ImportDraft, field: string, row: number): string | undefined {
  const first = columnsOf(draft, field)[0];
  return draft.fixes.find((fix) => fix.row === row && fix.column === first)?.value;
}

const LONGEST_TOLD = 190;
/** The server tells the beginning of long values, which stands for no cell. */
export const isWhole = (value: string) => new TextEncoder().encode(value).length < LONGEST_TOLD;

/** Cells that do not fit cost the field only, or the whole row. */
export function skipField(draft: ImportDraft, field: string, skips: boolean): ImportDraft {
  const told = Object.fromEntries(columnsOf(draft, field).map((index) => [index, skips]));
  return { ...draft, skips: { ...draft.skips, ...told } };
}

export const keepSummary = (draft: ImportDraft, row: number): ImportDraft => ({
  ...draft,
  summaryRows: [...draft.summaryRows, row],
});
export const keepSummaries = (draft: ImportDraft): ImportDraft => ({
  ...draft,
  summaryLines: 'import',
});
export const leaveSummariesOut = (draft: ImportDraft): ImportDraft => ({
  ...draft,
  summaryLines: 'skip',
  summaryRows: [],
});

/** What was said about single values and cells, each with its way back. */
export interface Correction {
  field: string;
  /** Of one row, or of a value wherever it stands. */
  row?: number;
  from?: string;
  to: string;
  without: ImportDraft;
}

export function correctionsOf(draft: ImportDraft): Correction[] {
  const fieldOf = (column: number) => draft.chosen[column] ?? '';
  const values = Object.entries(draft.values).flatMap(([place, told]) =>
    Object.entries(told).map(([from, to]) => {
      const rest = Object.fromEntries(Object.entries(told).filter(([one]) => one !== from));
      const without = { ...draft, values: { ...draft.values, [place]: rest } };
      return { field: fieldOf(Number(place)), from, to, without };
    }),
  );
  const first = (fix: ImportDraft['fixes'][number]) =>
    columnsOf(draft, fieldOf(fix.column))[0] === fix.column;
  const cells = draft.fixes.filter(first).map(({ row, column, value }) => {
    const columns = columnsOf(draft, fieldOf(column));
    const fixes = draft.fixes.filter((fix) => fix.row !== row || !columns.includes(fix.column));
    return { field: fieldOf(column), row, to: value, without: { ...draft, fixes } };
  });
  return [...values, ...cells].filter(({ field }) => field !== '');
}

/** What stands in the editor at first: the cell as it is, where its field can show it. */
export function inEditor(field: MetaField, text: string): unknown {
  const { options } = field;
  const { several, atOnce } = typeOf(field);
  if (several) {
    const names = text.split(/[;,]/).map((one) => one.trim());
    return names.filter(
      (name) => name && (!options || options.some(({ value }) => value === name)),
    );
  }
  return atOnce ? null : text;
}

/** As a cell of the file would say it. */
export function asCell(value: unknown): string {
  const meant = fromInput(value);
  if (meant === null) return '';
  if (Array.isArray(meant)) return meant.join(';');
  // A comma parts decimals in every file; a point may part thousands.
  return typeof meant === 'number' ? String(meant).replace('.', ',') : String(meant);
}
