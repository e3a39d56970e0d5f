import { useMemo } from 'react';
import { fieldsOf, valueOf } from './records';
import type { MetaEntity, MetaField, MetaState } from './types';

/** Is a record in the state that is asked for? */
export const isIn = (state: MetaState | undefined, record: object): boolean =>
  !state || state.values.includes(String(valueOf(record, state.field)));

/** The fields of an entity; those that the state of this record holds are read-only. */
export function useFieldsFor(entity: MetaEntity, record: object | undefined): MetaField[] {
  const all = useMemo(() => fieldsOf(entity), [entity]);
  const held = all.filter(({ editableWhen }) => record && !isIn(editableWhen, record));
  const names = held.map(({ key }) => key).join(' ');
  // The same list as long as the same ones are held: forms begin anew with another.
  return useMemo(() => {
    const keys = names.split(' ');
    return all.map((field) => (keys.includes(field.key) ? { ...field, readOnly: true } : field));
  }, [all, names]);
}
