import { fieldsOf } from '@/api/records';
import type { MetaEntity, MetaField } from '@/api/types';
import { typeOf } from '@/ui/fields';

export type Which = 'visible' | 'all' | 'chosen';

/** What can stand in a cell: no secrets, nothing that has a shape of its own. */
export const exportable = (entity: MetaEntity): MetaField[] =>
  fieldsOf(entity).filter((field) => {
    const { sealed, composed, hidden } = typeOf(field);
    return !sealed && !composed && !hidden;
  });

/** The columns that are shown, in the order of the screen, as far as a file can have them. */
export const visibleOf = (entity: MetaEntity, shown: string[]): string[] => {
  const known = new Set(exportable(entity).map(({ key }) => key));
  return shown.filter((key) => known.has(key));
};

/** What is asked of the server; of all it knows itself which. */
export function columnsOf(which: Which, visible: string[], chosen: string[]) {
  if (which === 'all') return undefined;
  return which === 'visible' ? visible : chosen;
}
