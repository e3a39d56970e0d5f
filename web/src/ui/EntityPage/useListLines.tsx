import type { ReactNode } from 'react';
import { fieldsOf, valueOf, type RecordRow } from '@/api/records';
import type { MetaEntity } from '@/api/types';
import { FieldValue } from '@/ui/FieldValue';
import type { ListParts } from '@/ui/screens';

interface ListLines {
  secondary: (row: RecordRow) => ReactNode;
  aside: (row: RecordRow) => ReactNode;
}

/** What a row says on a phone: the module's own lines, or the first two fields behind its title. */
export function useListLines(entity: MetaEntity, parts: ListParts): ListLines {
  const others = fieldsOf(entity).filter(
    ({ key, inList }) => inList !== false && key !== entity.titleField,
  );
  const part = (row: RecordRow, index: number) => {
    const field = others[index];
    return field && <FieldValue field={field} value={valueOf(row, field.key)} of={row} />;
  };
  return {
    secondary: (row) => (parts.secondary ? parts.secondary(row) : part(row, 0)),
    aside: (row) => (parts.aside ? parts.aside(row, entity) : part(row, 1)),
  };
}
