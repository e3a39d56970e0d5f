import { DragDropContext, Draggable, Droppable, type DropResult } from '@hello-pangea/dnd';
import { Button, Input } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useId, type FocusEvent } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { MetaField } from '@/api/types';
import { isMac } from '@/lib/hotkeys';
import { isRows, ROW, type Row } from '@/ui/Edit/values';
import { typeOf } from '@/ui/fields';
import type { TypeInputProps } from '@/ui/fields/type';
import { PartRow } from './PartRow';
import styles from './Parts.module.css';
import { shownIn } from './titles';
import { useFills } from './useFills';
import { useNarrow } from './useNarrow';
import { usePaste } from './usePaste';
import { useRows, type Rows } from './useRows';

const NO_ROWS: Row[] = [];
const NO_ERRORS: Record<string, string> = {};

/** Numbers need their digits, words what is left. */
function widthOf(part: MetaField): string {
  const { width, align, names } = typeOf(part);
  if (align === 'end') return `minmax(72px, ${Math.round((width ?? 120) * 0.8)}px)`;
  if (names) return 'minmax(130px, 1.6fr)';
  return width ? `minmax(96px, ${width}px)` : 'minmax(110px, 1.3fr)';
}

const columnsOf = (field: MetaField) => ['18px', ...shownIn(field).map(widthOf), '28px'].join(' ');

/** The parts of a record as a table in which one writes: by mouse, by keys, from a spreadsheet. */
export function PartsInput({ field, shared, value, onChange, errors }: TypeInputProps) {
  const { t } = useTranslation();
  const rows = isRows(value) ? value : NO_ROWS;
  const actions = useRows(field, rows, onChange);
  const { box, full, add } = actions;
  const narrow = useNarrow(box);
  const mod = isMac() ? '⌘' : 'Ctrl';
  return (
    <Input.Wrapper
      label={shared.label}
      labelElement="div"
      withAsterisk={shared.withAsterisk}
      error={shared.error}
    >
      <div ref={box} role="group" aria-label={field.label} className={styles.parts}>
        {rows.length === 0 ? (
          <p className={styles.empty}>{t('records.parts.empty')}</p>
        ) : (
          <>
            {!narrow && <Head field={field} />}
            <RowList
              {...{ field, rows, actions, narrow, errors: errors ?? NO_ERRORS }}
              onBlur={shared.onBlur}
            />
          </>
        )}
        <div className={styles.foot}>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} stroke={2} />}
            disabled={full}
            onClick={add}
          >
            {t('records.parts.add')}
          </Button>
          <span className={styles.keys}>{t('records.parts.keys', { mod })}</span>
        </div>
      </div>
    </Input.Wrapper>
  );
}

function Head({ field }: { field: MetaField }) {
  return (
    <div className={styles.head} style={{ gridTemplateColumns: columnsOf(field) }} aria-hidden>
      <span />
      {shownIn(field).map((part) => (
        <span key={part.key} data-align={typeOf(part).align}>
          {part.label}
          {part.required && !part.readOnly && <span className={styles.asterisk}> *</span>}
        </span>
      ))}
    </div>
  );
}

interface RowListProps {
  field: MetaField;
  rows: Row[];
  actions: Rows;
  narrow: boolean;
  errors: Record<string, string>;
  onBlur?: (event: FocusEvent<HTMLElement>) => void;
}

function RowList({ field, rows, actions, narrow, errors, onBlur }: RowListProps) {
  const { t } = useTranslation();
  const list = useId();
  const filling = useFills(field, actions);
  const paste = usePaste(field, actions, filling);
  const columns = columnsOf(field);
  const drop = ({ source, destination }: DropResult) => {
    if (destination) actions.move(source.index, destination.index);
  };
  return (
    <DragDropContext
      onDragEnd={drop}
      dragHandleUsageInstructions={t('records.columns.instructions')}
    >
      <Droppable droppableId={list}>
        {(zone) => (
          <ul ref={zone.innerRef} {...zone.droppableProps} className={styles.rows}>
            {rows.map((row, index) => (
              <Draggable key={row[ROW].key} draggableId={row[ROW].key} index={index}>
                {(item, { isDragging }) => {
                  const element = (
                    <li ref={item.innerRef} {...item.draggableProps} className={styles.item}>
                      <PartRow
                        {...{ field, row, index, rows, actions, errors, columns, narrow }}
                        handle={item.dragHandleProps}
                        dragging={isDragging}
                        onWrite={(...cell) => void filling.write(...cell)}
                        onPaste={paste}
                        onBlur={onBlur}
                      />
                    </li>
                  );
                  // A drawer is moved by a transform, which would shift what is dragged.
                  return isDragging ? createPortal(element, document.body) : element;
                }}
              </Draggable>
            ))}
            {zone.placeholder}
          </ul>
        )}
      </Droppable>
    </DragDropContext>
  );
}
