import type { TFunction } from 'i18next';
import type { MetaField } from '@/api/types';
import type { Problem } from './check';

// A field's own sentence is kinder than the general one: "E-mail inválido", not "Formato inválido".
const OWN = new Set(['email', 'phone', 'url', 'cpf', 'cnpj', 'document', 'date', 'datetime']);

export function problemText(t: TFunction, field: MetaField, { code, params }: Problem): string {
  if (code === 'required' && field.key === 'name') return t('records.problem.of.name');
  const wrong = code === 'format' || code === 'check_digit';
  if (wrong && OWN.has(field.type)) return t(`records.problem.of.${field.type}`, params ?? {});
  return t([`records.problem.${code}`, 'records.problem.invalid'], params ?? {});
}
