import type { MetaField } from '@/api/types';
import type { ImportMapping, ImportMode, ImportPreview } from '../queries';

/** What was decided about a file before anything is written. */
export interface ImportDraft {
  fileName: string;
  preview: ImportPreview;
  /** By the column's place in the file. */
  chosen: Record<number, string | null>;
  /** Columns whose bad cells cost the field only. */
  skips: Record<number, boolean>;
  /** Options for values that the field does not know. */
  values: Record<number, Record<string, string>>;
  mode: ImportMode;
}

export const newDraft = (fileName: string, preview: ImportPreview): ImportDraft => ({
  fileName,
  preview,
  chosen: Object.fromEntries(
    preview.columns.map(({ index, suggestedField }) => [index, suggestedField]),
  ),
  skips: Object.fromEntries(
    preview.columns.map(({ index, suggestedOnError }) => [
      index,
      suggestedOnError === 'skip_field',
    ]),
  ),
  values: Object.fromEntries(
    preview.columns.map(({ index, unmatchedValues }) => [index, suggestedValues(unmatchedValues)]),
  ),
  mode: 'upsert',
});

const suggestedValues = (unmatched: ImportPreview['columns'][number]['unmatchedValues'] = []) =>
  Object.fromEntries(
    unmatched.flatMap(({ value, suggestion }) => (suggestion ? [[value, suggestion]] : [])),
  );

/** Columns go by their headers; without one, or with a twin, by their place. */
export function mappingOf({ preview, chosen, skips, values }: ImportDraft): ImportMapping {
  const headers = preview.columns.map(({ header }) => header);
  return Object.fromEntries(
    preview.columns.map(({ index, header }) => {
      const unique = header !== '' && headers.filter((one) => one === header).length === 1;
      const field = chosen[index];
      const onError = skips[index] ? ('skip_field' as const) : ('refuse_row' as const);
      const wish = field ? { field, onError, values: values[index] ?? {} } : null;
      return [unique ? header : String(index), wish];
    }),
  );
}

const JOINED = ['text', 'long_text', 'tags', 'choices', 'document'];
const WAYS_TO_REACH = ['phone', 'email', 'document'];

/** Fields of one value that two columns claim, and required ones that no column has. */
export function problemsOf(draft: ImportDraft, fields: MetaField[]) {
  const used = Object.values(draft.chosen).filter((key) => key !== null);
  const again = [...new Set(used.filter((key, index) => used.indexOf(key) !== index))];
  const joins = (key: string) =>
    JOINED.includes(fields.find((field) => field.key === key)?.type ?? '');
  const needed = draft.mode === 'update' ? [] : fields.filter(({ required }) => required);
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

const keyOf = (id: string) => `ponte.import.${id}`;

/** So that one can go back from the check to the columns, also after a reload. */
export function keepDraft(id: string, draft: ImportDraft): void {
  try {
    sessionStorage.setItem(keyOf(id), JSON.stringify(draft));
  } catch {
    // Without it one picks the file again.
  }
}

export function keptDraft(id: string | undefined): ImportDraft | null {
  try {
    const text = id && sessionStorage.getItem(keyOf(id));
    return text ? (JSON.parse(text) as ImportDraft) : null;
  } catch {
    return null;
  }
}

/** An empty file with the right first line, as spreadsheets in Brazil open it. */
export function template(fields: MetaField[]): Blob {
  const cell = (text: string) => (/[;"\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const line = fields.map(({ label }) => cell(label)).join(';');
  return new Blob(['\uFEFF', line, '\r\n'], { type: 'text/csv;charset=utf-8' });
}
