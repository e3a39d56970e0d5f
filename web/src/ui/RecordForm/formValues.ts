import type { MetaField } from '@/api/types';
import { valueOf } from '@/api/records';
import { formatSettings, phone } from '@/lib/format';
import { isEmpty, type FormValues } from '@/ui/Edit/values';
import { maskDocument } from './documents';

/** 2026-11-24T09:30 on the company's clock, as a form holds it. */
export function localTime(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return '';
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: formatSettings().timezone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return parts.format(at).replace(' ', 'T');
}

/** From the server's value to what stands in the input. */
export function toInput(field: MetaField, value: unknown): unknown {
  if (isEmpty(value))
    return ['tags', 'links', 'choices', 'multiselect'].includes(field.type) ? [] : null;
  if (typeof value !== 'string') return value;
  if (field.type === 'phone') return phone(value, true);
  if (['cpf', 'cnpj', 'document'].includes(field.type)) return maskDocument(value);
  return field.type === 'datetime' ? localTime(value) : value;
}

/** The fields that people fill in, in the order in which the server declares them. */
export const editable = (fields: MetaField[]): MetaField[] =>
  fields.filter(({ readOnly, type }) => !readOnly && type !== 'json');

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
