import type { MetaField } from '@/api/types';
import type { Problem } from './type';

export function within(
  { min, max }: Pick<MetaField, 'min' | 'max'>,
  size: number,
  [less, more]: [string, string],
): Problem | null {
  if (typeof min === 'number' && size < min) return { code: less, params: { limit: min } };
  if (typeof max === 'number' && size > max) return { code: more, params: { limit: max } };
  return null;
}

/** A text of some form, as long as it may be. */
export const textCheck =
  (form: (text: string) => string | null = () => null) =>
  (value: unknown, field: MetaField): Problem | null => {
    if (typeof value !== 'string') return null;
    const text = value.trim();
    const code = form(text);
    return code ? { code } : within(field, [...text].length, ['too_short', 'too_long']);
  };

/** What could be read would be a number. */
export function numberCheck(value: unknown, field: MetaField): Problem | null {
  if (typeof value === 'string') return { code: 'invalid' };
  return typeof value === 'number' ? within(field, value, ['too_small', 'too_large']) : null;
}
