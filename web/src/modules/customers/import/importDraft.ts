import type { MetaField } from '@/api/types';
import type { ImportMapping, ImportMode, ImportPreview } from '../queries';

/** What was decided about a file before anything is written. */
export interface ImportDraft {
  fileName: string;
  preview: ImportPreview;
  /** By the column's place in the file. */
  chosen: Record<number, string | null>;
  mode: ImportMode;
}

export const newDraft = (fileName: string, preview: ImportPreview): ImportDraft => ({
  fileName,
  preview,
  chosen: Object.fromEntries(
    preview.columns.map(({ index, suggestedField }) => [index, suggestedField]),
  ),
  mode: 'upsert',
});

/** Columns go by their headers; without one, or with a twin, by their place. */
export function mappingOf({ preview, chosen }: ImportDraft): ImportMapping {
  const headers = preview.columns.map(({ header }) => header);
  return Object.fromEntries(
    preview.columns.map(({ index, header }) => {
      const unique = header !== '' && headers.filter((one) => one === header).length === 1;
      return [unique ? header : String(index), chosen[index] ?? null];
    }),
  );
}

/** Fields that two columns claim, and required ones that no column has. */
export function problemsOf(draft: ImportDraft, fields: MetaField[]) {
  const used = Object.values(draft.chosen).filter((key) => key !== null);
  const twice = [...new Set(used.filter((key, index) => used.indexOf(key) !== index))];
  const needed = draft.mode === 'update' ? [] : fields.filter(({ required }) => required);
  const missing = needed.filter(({ key }) => !used.includes(key)).map(({ key }) => key);
  return { twice, missing, none: used.length === 0 };
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
