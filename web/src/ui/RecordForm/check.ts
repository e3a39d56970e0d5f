import type { MetaField } from '@/api/types';
import { isEmpty } from '@/ui/Edit/values';
import { typeOf } from '@/ui/fields';
import type { Problem } from '@/ui/fields/type';

export type { Problem };

/** Null when the server would take it. */
export function check(field: MetaField, value: unknown): Problem | null {
  if (isEmpty(value)) return field.required ? { code: 'required' } : null;
  return typeOf(field).check?.(value, field) ?? null;
}
