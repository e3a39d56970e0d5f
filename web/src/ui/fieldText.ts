import type { TFunction } from 'i18next';
import type { MetaField } from '@/api/types';
import { typeOf } from './fields';
import { NO_VALUE } from './fields/noValue';

export { NO_VALUE } from './fields/noValue';

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
    const { textOfAll } = typeOf(field);
    if (textOfAll) return textOfAll(value, { t, titleOf });
    return value.map((one) => fieldText(t, field, one, titleOf)).join(', ');
  }
  const option = field.options?.find((one) => one.value === value);
  if (option) return option.label;
  const { text } = typeOf(field);
  if (text) return text(value, { t, titleOf });
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
