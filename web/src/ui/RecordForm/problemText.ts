import type { TFunction } from 'i18next';
import type { MetaField } from '@/api/types';
import { typeOf } from '@/ui/fields';
import type { Problem } from './check';

export function problemText(t: TFunction, field: MetaField, { code, params }: Problem): string {
  if (code === 'required' && field.key === 'name') return t('records.problem.of.name');
  const wrong = code === 'format' || code === 'check_digit';
  if (wrong && typeOf(field).hasOwnSentence)
    return t(`records.problem.of.${field.type}`, params ?? {});
  return t([`records.problem.${code}`, 'records.problem.invalid'], params ?? {});
}
