import type { TFunction } from 'i18next';
import type { MetaField } from '@/api/types';
import { date, dateTime, document, money, num, phone } from '@/lib/format';

export const NO_VALUE = '—';

/** A value in plain words: for history, toasts and titles. `titleOf` names linked records. */
export function fieldText(
  t: TFunction,
  field: Pick<MetaField, 'type' | 'options'>,
  value: unknown,
  titleOf: (id: unknown) => string | undefined = () => undefined,
): string {
  if (value === null || value === undefined || value === '') return NO_VALUE;
  if (Array.isArray(value)) {
    if (value.length === 0) return NO_VALUE;
    return value.map((one) => fieldText(t, field, one, titleOf)).join(', ');
  }
  const option = field.options?.find((one) => one.value === value);
  if (option) return option.label;
  switch (field.type) {
    case 'boolean':
      return t(value ? 'ui.yes' : 'ui.no');
    case 'money':
      return money(Number(value));
    case 'number':
    case 'integer':
      return num(Number(value));
    case 'date':
      return date(String(value));
    case 'datetime':
      return dateTime(String(value));
    case 'phone':
      return phone(String(value), true);
    case 'cpf':
    case 'cnpj':
    case 'document':
      return document(String(value));
    case 'user':
    case 'link':
      return titleOf(value) ?? '…';
    default:
      return typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
}
