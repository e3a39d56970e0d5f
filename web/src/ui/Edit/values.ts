/** What a form holds while it is edited, by the names of the fields. */
export type FormValues = Record<string, unknown>;

/** What a row is beside its values. A symbol: copies keep it, and no JSON says it. */
export const ROW = Symbol('row');

interface RowMark {
  /** Its place on the screen and that of its problems, wherever it is moved. */
  key: string;
  /** As the server gave it, with what it computes. */
  read?: object;
  /** Of a new one: what it began with. */
  began?: FormValues;
}

/** A part of a record, as a form holds it. */
export interface Row extends FormValues {
  id?: string;
  [ROW]: RowMark;
}

export const isRows = (value: unknown): value is Row[] =>
  Array.isArray(value) && typeof value[0] === 'object' && value[0] !== null && ROW in value[0];

/** A new one in which nobody has written anything yet is none. */
export const isWritten = (row: Row): boolean =>
  row[ROW].began === undefined || Object.keys(touched(row, row[ROW].began)).length > 0;

export const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0);

/** From the input to the server: blank is null, text without blanks around it. */
export function fromInput(value: unknown): unknown {
  if (isRows(value)) return value.filter(isWritten).map(meant);
  if (Array.isArray(value)) return value;
  if (isEmpty(value)) return null;
  return typeof value === 'string' ? value.trim() : value;
}

/** What all of a form says: texts without blanks around them, and no row that nobody wrote in. */
export const meant = (values: FormValues): FormValues =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, fromInput(value)]));

export const same = (a: unknown, b: unknown): boolean =>
  JSON.stringify(fromInput(a)) === JSON.stringify(fromInput(b));

const chosen = (values: FormValues, wanted: (key: string) => boolean): FormValues =>
  Object.fromEntries(Object.entries(values).filter(([key]) => wanted(key)));

const sent = (values: FormValues, seen: FormValues): FormValues =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      isRows(value) ? sentRows(value, seen[key]) : fromInput(value),
    ]),
  );

/** Whole and in order: what is there already says by its id which it is, and what was touched of it. */
function sentRows(rows: Row[], seen: unknown): Row[] {
  const before = new Map(isRows(seen) ? seen.map((row) => [row.id, row]) : []);
  return rows.filter(isWritten).map((row): Row => {
    const known = row.id === undefined ? undefined : before.get(row.id);
    const said = known
      ? { id: row.id, ...touched(row, known) }
      : filledIn(row, row[ROW].began ?? {});
    return { ...said, [ROW]: row[ROW] };
  });
}

/** Of a record: what differs from what was seen, and nothing else. */
export const touched = (values: FormValues, seen: FormValues): FormValues =>
  sent(
    chosen(values, (key) => !same(values[key], seen[key])),
    seen,
  );

/** Of a new record: also what it starts with. */
export const filledIn = (values: FormValues, initial: FormValues): FormValues =>
  sent(
    chosen(values, (key) => !isEmpty(values[key]) || !same(values[key], initial[key])),
    initial,
  );
