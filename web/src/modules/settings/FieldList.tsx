import { DragDropContext, Draggable, Droppable, type DropResult } from '@hello-pangea/dnd';
import { IconGripVertical } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import type { CustomField } from '@/api/types';
import { RowText } from '@/ui/PagedList';
import list from '@/ui/PagedList.module.css';
import { Tag } from '@/ui/Tag';
import { toast } from '@/ui/toast';
import { moved, positionsToSave } from './fieldOrder';
import { updateField } from './queries';
import { RowActions } from './RowActions';
import styles from './Settings.module.css';

interface FieldListProps {
  fields: CustomField[];
  editable: boolean;
  onEdit: (field: CustomField) => void;
  onDelete: (field: CustomField) => void;
}

/** The order of the list is the order in forms; the grip moves a field, by keyboard too. */
export function FieldList({ fields, editable, onEdit, onDelete }: FieldListProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [order, setOrder] = useState(fields);
  const drop = async ({ source, destination }: DropResult) => {
    if (!destination || destination.index === source.index) return;
    const next = moved(order, source.index, destination.index);
    setOrder(next);
    try {
      for (const { id, position } of positionsToSave(next)) await updateField(id, { position });
    } catch (error) {
      setOrder(order);
      toast.fail(error);
    }
    await client.invalidateQueries({ queryKey: keys.lists('custom_field') });
    await client.invalidateQueries({ queryKey: keys.meta });
  };
  return (
    <DragDropContext onDragEnd={(result) => void drop(result)}>
      <Droppable droppableId="fields" isDropDisabled={!editable}>
        {(zone) => (
          <ul
            ref={zone.innerRef}
            {...zone.droppableProps}
            className={list.card}
            aria-label={t('settings.fields.title')}
          >
            {order.map((field, index) => (
              <Draggable
                key={field.id}
                draggableId={field.id}
                index={index}
                isDragDisabled={!editable}
              >
                {(item) => (
                  <li ref={item.innerRef} {...item.draggableProps} className={list.row}>
                    {editable && (
                      <span
                        {...item.dragHandleProps}
                        className={styles.grip}
                        aria-label={t('settings.fields.move', { name: field.name })}
                      >
                        <IconGripVertical size={16} stroke={1.7} />
                      </span>
                    )}
                    <FieldRow
                      field={field}
                      onEdit={editable ? () => onEdit(field) : undefined}
                      onDelete={editable ? () => onDelete(field) : undefined}
                    />
                  </li>
                )}
              </Draggable>
            ))}
            {zone.placeholder}
          </ul>
        )}
      </Droppable>
    </DragDropContext>
  );
}

interface FieldRowProps {
  field: CustomField;
  onEdit?: () => void;
  onDelete?: () => void;
}

function FieldRow({ field, onEdit, onDelete }: FieldRowProps) {
  const { t } = useTranslation();
  const { name, key, type, required, options } = field;
  const choices = options?.length ? ` · ${options.join(', ')}` : '';
  return (
    <>
      <RowText
        title={
          <>
            {name}
            {required && <Tag hue="amber">{t('settings.fields.required')}</Tag>}
          </>
        }
        detail={`${t(`settings.fields.type.${type}`)} · ${key}${choices}`}
      />
      <RowActions name={name} onEdit={onEdit} onDelete={onDelete} />
    </>
  );
}
