import type { MetaField } from '@/api/types';
import { fromInput, isEmpty, isRows, isWritten, ROW } from '@/ui/Edit/values';
import { typeOf } from '@/ui/fields';
import type { Problem } from '@/ui/fields/type';
import { editable } from './formValues';

export type { Problem };

/** Null when the server would take it. */
export function check(field: MetaField, value: unknown): Problem | null {
  // Rows in which nothing is written do not count.
  const said = isRows(value) ? fromInput(value) : value;
  if (isEmpty(said)) return field.required ? { code: 'required' } : null;
  return typeOf(field).check?.(said, field) ?? null;
}

/** A value of the form, and where a problem of it stands. */
export interface Spot {
  /** `items.<row>.price`: it stays with its row. */
  place: string;
  /** As the server calls it: `items.2.price`. */
  name: string;
  field: MetaField;
  value: unknown;
}

/** A field's value, and of parts the values in them. */
export function spotsOf(field: MetaField, value: unknown): Spot[] {
  const { key } = field;
  const own = { place: key, name: key, field, value };
  if (!isRows(value)) return [own];
  const parts = editable(field.fields ?? []);
  const inside = value.filter(isWritten).flatMap((row, index) =>
    parts.map((part) => ({
      place: placeIn(field, row[ROW].key, part),
      name: `${key}.${index}.${part.key}`,
      field: part,
      value: row[part.key],
    })),
  );
  return [own, ...inside];
}

export const placeIn = (field: MetaField, row: string, part: MetaField): string =>
  `${field.key}.${row}.${part.key}`;
