import { linkedIn } from '@/api/records';
import type { MetaField } from '@/api/types';
import { isEmpty } from '@/ui/Edit/values';
import { typeOf } from '@/ui/fields';

export type Part = Record<string, unknown> & { id?: string };

/** The fields of a part that people look at. */
export const shownIn = (field: MetaField): MetaField[] =>
  (field.fields ?? []).filter((part) => !typeOf(part).hidden);

export const partsIn = (value: unknown): Part[] =>
  Array.isArray(value) ? value.filter((part) => typeof part === 'object' && part !== null) : [];

/** What a part is called: what is written in it first, or what it points to. */
export function titleIn(field: MetaField, part: Part): string | undefined {
  const filled = shownIn(field).filter(({ key }) => !isEmpty(part[key]));
  const written = filled.find((one) => typeOf(one).names);
  if (written) return String(part[written.key]);
  return filled
    .map((one) => linkedIn(part, one, part[one.key])?.title)
    .find((title) => title !== undefined && title !== null);
}
