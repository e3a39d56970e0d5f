import type { CustomField } from '@/api/types';

export function moved<T>(items: readonly T[], from: number, to: number): T[] {
  const next = [...items];
  const [item] = next.splice(from, 1);
  if (item !== undefined) next.splice(to, 0, item);
  return next;
}

/** Only the fields whose place changed have to be written. */
export const positionsToSave = (
  order: Pick<CustomField, 'id' | 'position'>[],
): { id: string; position: number }[] =>
  order
    .map(({ id, position }, index) => ({ id, position: index, before: position }))
    .filter(({ position, before }) => position !== before)
    .map(({ id, position }) => ({ id, position }));
