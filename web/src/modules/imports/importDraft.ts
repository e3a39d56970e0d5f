import { fieldsOf } from '@/api/records';
import type { Import, MetaEntity, MetaField, Schema } from '@/api/types';
import { typeOf } from '@/ui/fields';
import { editable } from '@/ui/RecordForm/formValues';
import type { ImportMode, ImportPlan, ImportPreview } from './queries';

export type ImportFix = Schema<'ImportFix'>;

/** What was decided about a file before anything is written. */
export interface ImportDraft {
  /** Of what it is a list. */
  entity: string;
  fileName: string;
  preview: ImportPreview;
  /** By the column's place in the file. */
  chosen: Record<number, string | null>;
  /** Columns whose bad cells cost the field only. */
  skips: Record<number, boolean>;
  /** What stands instead of a value, wherever its column has it; '' leaves it empty. */
  values: Record<number, Record<string, string>>;
  mode: ImportMode;
  /** Single cells that were corrected. */
  fixes: ImportFix[];
  /** Lines of totals that are records after all: every one, or these rows. */
  summaryLines: ImportPlan['summaryLines'];
  summaryRows: number[];
  /** The trial that this is the plan of: checked again, it is told anew. */
  trial?: string;
}

const byPlace = <V>(preview: ImportPreview, value: (column: Column) => V) =>
  Object.fromEntries(preview.columns.map((column) => [column.index, value(column)]));
type Column = ImportPreview['columns'][number];

const suggestedValues = ({ unmatchedValues = [] }: Column): Record<string, string> =>
  Object.fromEntries(
    unmatchedValues.flatMap(({ value, suggestion }) => (suggestion ? [[value, suggestion]] : [])),
  );

export const newDraft = (
  entity: string,
  fileName: string,
  preview: ImportPreview,
): ImportDraft => ({
  entity,
  fileName,
  preview,
  chosen: byPlace(preview, ({ suggestedField }) => suggestedField),
  skips: byPlace(preview, ({ suggestedOnError }) => suggestedOnError === 'skip_field'),
  values: byPlace(preview, suggestedValues),
  mode: 'upsert',
  fixes: [],
  summaryLines: 'skip',
  summaryRows: [],
});

/** A trial as the server keeps it. */
export function draftOf(row: Import, preview: ImportPreview, plan: ImportPlan): ImportDraft {
  const told = (index: number) => plan.mapping.find(({ column }) => column === index);
  return {
    entity: row.entity,
    fileName: row.fileName,
    preview,
    chosen: byPlace(preview, ({ index }) => told(index)?.field ?? null),
    skips: byPlace(preview, ({ index }) => told(index)?.onError === 'skip_field'),
    values: byPlace(preview, ({ index }) => told(index)?.values ?? {}),
    mode: plan.mode,
    fixes: plan.fixes,
    summaryLines: plan.summaryLines,
    summaryRows: plan.summaryRows,
    trial: row.id,
  };
}

/** The same file read in another way: what was decided about columns of the same name stays. */
export function readAgain(draft: ImportDraft, preview: ImportPreview): ImportDraft {
  const fresh = newDraft(draft.entity, draft.fileName, preview);
  const stays = (index: number) => {
    const before = draft.preview.columns[index]?.header;
    return Boolean(before) && before === preview.columns[index]?.header;
  };
  const kept = <V>(old: Record<number, V>, next: Record<number, V>) =>
    byPlace(preview, ({ index }) => (stays(index) ? old[index]! : next[index]!));
  return {
    ...fresh,
    chosen: kept(draft.chosen, fresh.chosen),
    skips: kept(draft.skips, fresh.skips),
    values: kept(draft.values, fresh.values),
    mode: draft.mode,
  };
}

/** Columns go by their place: headers may be twins. */
export const planOf = (draft: ImportDraft): ImportPlan => ({
  mode: draft.mode,
  mapping: draft.preview.columns.flatMap(({ index }) => {
    const field = draft.chosen[index];
    const onError = draft.skips[index] ? 'skip_field' : 'refuse_row';
    return field ? [{ column: index, field, onError, values: draft.values[index] ?? {} }] : [];
  }),
  fixes: draft.fixes,
  summaryLines: draft.summaryLines,
  summaryRows: draft.summaryRows,
});

const JOINED = ['text', 'long_text', 'tags', 'choices', 'document'];
/** What a column can fill: tables and files fit no cell of a spreadsheet, a secret belongs in none. */
export const fieldsToImport = (entity: MetaEntity): MetaField[] =>
  editable(fieldsOf(entity)).filter((field) => {
    const { composed, sealed, filed } = typeOf(field);
    return !composed && !sealed && !filed;
  });

const WAYS_TO_REACH = ['phone', 'email', 'document'];

/** Without a name nobody is told apart; a way to reach somebody may be another one. */
export const mayBeLeftOut = ({ required, key }: MetaField) =>
  !required || WAYS_TO_REACH.includes(key);

/** Fields of one value that two columns claim, and required ones that no column has. */
export function problemsOf(draft: ImportDraft, fields: MetaField[]) {
  const used = Object.values(draft.chosen).filter((key) => key !== null);
  const again = [...new Set(used.filter((key, index) => used.indexOf(key) !== index))];
  const joins = (key: string) =>
    JOINED.includes(fields.find((field) => field.key === key)?.type ?? '');
  // What begins with a value is never empty.
  const asked = fields.filter((field) => field.required && (field.default ?? null) === null);
  const needed = draft.mode === 'update' ? [] : asked;
  const reachable = used.some((key) => WAYS_TO_REACH.includes(key));
  const missing = needed
    .filter(({ key }) => !used.includes(key) && !(reachable && WAYS_TO_REACH.includes(key)))
    .map(({ key }) => key);
  return {
    twice: again.filter((key) => !joins(key)),
    joined: again.filter(joins),
    missing,
    none: used.length === 0,
  };
}

/** An empty file with the right first line, as spreadsheets in Brazil open it. */
export function template(fields: MetaField[]): Blob {
  const cell = (text: string) => (/[;"\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const line = fields.map(({ label }) => cell(label)).join(';');
  return new Blob(['\uFEFF', line, '\r\n'], { type: 'text/csv;charset=utf-8' });
}
