import { useMemo, useState, type ReactNode } from 'react';
import { useMe } from '@/api/me';
import { fieldsOf, valueOf, type RecordRow } from '@/api/records';
import { isIn } from '@/api/state';
import type { MetaEntity, MetaField } from '@/api/types';
import { can, type Owned } from '@/lib/permissions';
import type { Column, EditHandle } from '@/ui/DataTable/types';
import { typeOf } from '@/ui/fields';
import { FieldValue } from '@/ui/FieldValue';
import { InlineEditor, useEditorSoon } from '@/ui/RecordForm/EditorSoon';
import { TitleCell } from './TitleCell';

const USUAL_WIDTH = 176;

/** A cell that says more than the field's value. */
export type CellOverrides<Row extends RecordRow = RecordRow> = {
  [Key in keyof Row & string]?: Cell<Row>['of'];
};
interface Cell<Row> {
  of(row: Row): ReactNode;
}

/** What an editor hands over: the value, and the record as it was when the edit began. */
export interface Edited {
  value: unknown;
  seen: RecordRow;
}

interface ColumnOptions {
  entity: MetaEntity;
  hrefOf: (row: RecordRow) => string;
  overrides?: CellOverrides;
  /** Columns shown at first, in this order; the rest waits in "Colunas". */
  first?: string[];
  /** Whether the title stands beside a face. */
  faces: boolean;
  readOnly: boolean;
}

/** Columns from the declaration, in its order; what `first` names comes first. */
export function useColumns(options: ColumnOptions): Column<RecordRow>[] {
  const { entity, hrefOf, overrides, first, faces, readOnly } = options;
  const { user } = useMe();
  useEditorSoon();
  return useMemo(() => {
    const fields = fieldsOf(entity).filter(
      (field) => field.inList !== false && !typeOf(field).hidden,
    );
    const rank = ({ key }: MetaField) => {
      if (key === entity.titleField) return -1;
      const place = first?.indexOf(key) ?? -1;
      return place < 0 ? 100 : place;
    };
    return [...fields]
      .sort((a, b) => rank(a) - rank(b))
      .map((field): Column<RecordRow> => {
        const title = field.key === entity.titleField;
        const cell = overrides?.[field.key];
        return {
          id: field.key,
          label: field.label,
          size: title ? 232 : (typeOf(field).width ?? USUAL_WIDTH),
          sortable: field.sortable,
          align: typeOf(field).align,
          title,
          hiddenAtFirst: first !== undefined && rank(field) === 100,
          cell: (row) =>
            cell ? (
              cell(row)
            ) : title ? (
              <TitleCell
                row={row}
                name={String(row[field.key] ?? '')}
                to={hrefOf(row)}
                face={faces ? 'round' : undefined}
              />
            ) : (
              <FieldValue field={field} value={valueOf(row, field.key)} of={row} />
            ),
          editor:
            readOnly || field.readOnly
              ? undefined
              : (row, handle) => <CellEditor field={field} row={row} handle={handle} />,
          mayEdit: (row) =>
            isIn(field.editableWhen, row) &&
            can(user, entity.name, 'update', row as Owned, entity.owner),
        };
      });
  }, [entity, hrefOf, overrides, first, faces, readOnly, user]);
}

function CellEditor({
  field,
  row,
  handle,
}: {
  field: MetaField;
  row: RecordRow;
  handle: EditHandle;
}) {
  // Somebody may change the row meanwhile: what was seen decides whether that is a conflict.
  const [seen] = useState(row);
  return (
    <InlineEditor
      field={field}
      value={valueOf(seen, field.key)}
      onSave={(value, after) => handle.save({ value, seen } satisfies Edited, after)}
      onCancel={handle.cancel}
    />
  );
}
