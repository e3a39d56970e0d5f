import { DragDropContext, Draggable, Droppable, type DropResult } from '@hello-pangea/dnd';
import { IconGripVertical } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { RowText } from '@/ui/PagedList';
import list from '@/ui/PagedList.module.css';
import { RowActions } from '@/ui/Settings/RowActions';
import styles from '@/ui/Settings/Settings.module.css';
import { Tag } from '@/ui/Tag';
import { useFieldOrder } from './useFieldOrder';
import type { CustomField } from './types';

interface FieldListProps {
  fields: CustomField[];
  editable: boolean;
  onEdit: (field: CustomField) => void;
  onDelete: (field: CustomField) => void;
}

/** The order of the list is the order in forms; the grip moves a field, by keyboard too. */
export function FieldList({ fields, editable, onEdit, onDelete }: FieldListProps) {
  const { t } = useTranslation();
  const { order, move } = useFieldOrder(fields);
  const drop = ({ source, destination }: DropResult) => {
    if (destination && destination.index !== source.index) move(source.index, destination.index);
  };
  return (
    <DragDropContext onDragEnd={drop}>
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
