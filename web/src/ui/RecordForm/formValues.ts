import type { MetaField } from '@/api/types';
import { valueOf } from '@/api/records';
import { isEmpty, ROW, type FormValues, type Row } from '@/ui/Edit/values';
import { typeOf } from '@/ui/fields';

interface Part {
  id?: string;
}

/** A part as it stands in the form. */
const rowOf = (field: MetaField, part: Part): Row => ({
  id: part.id,
  ...initialValues(editable(field.fields ?? []), part),
  [ROW]: { key: String(part.id), read: part },
});

let made = 0;

/** One that is written now: it begins as its declaration says. */
export function newRow(field: MetaField, values: FormValues = {}): Row {
  const began = initialValues(editable(field.fields ?? []));
  made += 1;
  return { ...began, ...values, [ROW]: { key: `new${made}`, began } };
}

/** From the server's value to what stands in the input. */
export function toInput(field: MetaField, value: unknown): unknown {
  const { several, composed, toInput: read } = typeOf(field);
  if (composed) return Array.isArray(value) ? value.map((part) => rowOf(field, part as Part)) : [];
  if (isEmpty(value)) return several ? [] : null;
  return typeof value === 'string' && read ? read(value) : value;
}

/** The fields that people fill in, in the order in which the server declares them. */
export const editable = (fields: MetaField[]): MetaField[] =>
  fields.filter((field) => !field.readOnly && !typeOf(field).hidden);

export const initialValues = (fields: MetaField[], record?: object): FormValues =>
  Object.fromEntries(
    fields.map((field) => [
      field.key,
      toInput(field, record ? valueOf(record, field.key) : field.default),
    ]),
  );

export interface Section {
  name: string;
  fields: MetaField[];
}

/** Fields under their headings; custom ones last. */
export function sectionsOf(fields: MetaField[]): Section[] {
  const sections: Section[] = [];
  for (const field of fields) {
    const name = field.custom ? 'custom' : (field.section ?? 'basic');
    const section = sections.find((one) => one.name === name);
    if (section) section.fields.push(field);
    else sections.push({ name, fields: [field] });
  }
  const last = ({ name }: Section) => Number(name === 'custom');
  return sections.sort((a, b) => last(a) - last(b));
}
