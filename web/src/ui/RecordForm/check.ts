import type { MetaField } from '@/api/types';
import { datePattern } from '@/lib/dates';
import { isEmpty } from '@/ui/Edit/values';
import { checkCnpj, checkCpf, checkDocument } from './documents';
import { checkPhone } from './phones';

/** What is wrong with a value: the server's codes, so that both say the same words. */
export interface Problem {
  code: string;
  params?: Record<string, unknown>;
}

const EMAIL = /^[^\s@"(),:;<>[\\\]]+@[^\s@.]+(\.[^\s@.]+)+$/;
const NUMBERS = new Set(['number', 'integer', 'money']);
const DATES = new Set(['date', 'datetime']);
const TEXTS = new Set(['text', 'long_text', 'email', 'url', 'phone']);

function form(type: string, text: string): string | null {
  switch (type) {
    case 'email':
      return EMAIL.test(text) ? null : 'format';
    case 'url':
      return /^https?:\/\/[^\s.]+(\.[^\s.]+)+/i.test(text) ? null : 'format';
    case 'phone':
      return checkPhone(text);
    case 'cpf':
      return checkCpf(text);
    case 'cnpj':
      return checkCnpj(text);
    case 'document':
      return checkDocument(text);
    default:
      return null;
  }
}

type Limits = Pick<MetaField, 'type' | 'min' | 'max'>;

function within(
  { min, max }: Limits,
  size: number,
  [less, more]: [string, string],
): Problem | null {
  if (typeof min === 'number' && size < min) return { code: less, params: { limit: min } };
  if (typeof max === 'number' && size > max) return { code: more, params: { limit: max } };
  return null;
}

/** Null when the server would take it. */
export function check(field: MetaField, value: unknown): Problem | null {
  if (isEmpty(value)) return field.required ? { code: 'required' } : null;
  if (typeof value === 'string') {
    const text = value.trim();
    // What could be read would be a number, or a date in the server's form.
    if (NUMBERS.has(field.type)) return { code: 'invalid' };
    if (DATES.has(field.type) && !/^\d{4}-\d\d-\d\d(T\d\d:\d\d)?$/.test(text))
      return { code: 'format', params: { pattern: datePattern() } };
    const code = form(field.type, text);
    if (code) return { code };
    return TEXTS.has(field.type)
      ? within(field, [...text].length, ['too_short', 'too_long'])
      : null;
  }
  if (typeof value === 'number' && NUMBERS.has(field.type)) {
    if (field.type === 'integer' && !Number.isInteger(value)) return { code: 'format' };
    return within(field, value, ['too_small', 'too_large']);
  }
  return null;
}
