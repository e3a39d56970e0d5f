import { Button, Checkbox } from '@mantine/core';
import { DragDropContext, Draggable, Droppable, type DropResult } from '@hello-pangea/dnd';
import { IconGripVertical } from '@tabler/icons-react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import styles from './ColumnList.module.css';
import type { Column, TableRow } from './types';
import type { TableLayout } from './useTableLayout';

interface ColumnListProps {
  columns: Column<TableRow>[];
  layout: TableLayout;
}

/** Shown or not, and in which order: by mouse, or Space and arrows on the grip. */
export default function ColumnList({ columns, layout }: ColumnListProps) {
  const { t } = useTranslation();
  const byId = new Map(columns.map((column) => [column.id, column]));
  const move = ({ source, destination }: DropResult) => {
    if (!destination) return;
    const order = [...layout.order];
    const [moved] = order.splice(source.index, 1);
    if (moved) order.splice(destination.index, 0, moved);
    layout.setOrder(order);
  };
  return (
    <>
      <DragDropContext
        onDragEnd={move}
        dragHandleUsageInstructions={t('records.columns.instructions')}
      >
        <Droppable droppableId="columns">
          {(list) => (
            <ul ref={list.innerRef} {...list.droppableProps} className={styles.list}>
              {layout.order.map((id, index) => {
                const column = byId.get(id);
                if (!column) return null;
                return (
                  <Draggable key={id} draggableId={id} index={index}>
                    {(item, { isDragging }) => {
                      const element = (
                        <li
                          ref={item.innerRef}
                          {...item.draggableProps}
                          className={styles.item}
                          data-dragging={isDragging || undefined}
                        >
                          <Checkbox
                            size="xs"
                            radius="xs"
                            label={column.label}
                            className={styles.check}
                            checked={layout.visibility[id] !== false}
                            disabled={column.title}
                            onChange={(event) => layout.show(id, event.currentTarget.checked)}
                          />
                          <span
                            {...item.dragHandleProps}
                            className={styles.grip}
                            aria-label={t('records.columns.move', { name: column.label })}
                          >
                            <IconGripVertical size={14} stroke={1.8} />
                          </span>
                        </li>
                      );
                      // A popover is moved by a transform, which would shift what is dragged.
                      return isDragging ? createPortal(element, document.body) : element;
                    }}
                  </Draggable>
                );
              })}
              {list.placeholder}
            </ul>
          )}
        </Droppable>
      </DragDropContext>
      <Button size="xs" variant="subtle" color="gray" fullWidth onClick={layout.reset}>
        {t('records.columns.reset')}
      </Button>
    </>
  );
}
