import type { DraggableProvided as Provided } from '@hello-pangea/dnd';
import { IconGripVertical, IconTrash } from '@tabler/icons-react';
import { Suspense, type ClipboardEvent, type FocusEvent, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetaField } from '@/api/types';
import { isWritten, ROW, type Row } from '@/ui/Edit/values';
import { typeOf } from '@/ui/fields';
import { IconBtn } from '@/ui/IconBtn';
import { placeIn } from '@/ui/RecordForm/check';
import { Computed } from './Computed';
import styles from './Parts.module.css';
import { shownIn, titleIn } from './titles';
import type { Rows } from './useRows';

interface PartRowProps {
  field: MetaField;
  row: Row;
  index: number;
  rows: Row[];
  actions: Rows;
  errors: Record<string, string>;
  handle: Provided['dragHandleProps'];
  dragging: boolean;
  columns: string;
  narrow: boolean;
  onWrite: (row: Row, part: MetaField, value: unknown) => void;
  onPaste: (event: ClipboardEvent, row: string, part: MetaField) => void;
  onBlur?: (event: FocusEvent<HTMLElement>) => void;
}

/** One part: a cell for each field; on a small screen a card. */
export function PartRow(props: PartRowProps) {
  const { field, row, index, actions, handle, dragging } = props;
  const { columns, narrow, onPaste } = props;
  const { t } = useTranslation();
  const parts = shownIn(field);
  const number = index + 1;
  const name = titleIn(field, row) ?? t('records.parts.row', { number });
  const partAt = ({ target }: { target: EventTarget }) => {
    const place = (target as HTMLElement).closest<HTMLElement>('[data-field]')?.dataset.field;
    return parts.find((part) => placeIn(field, row[ROW].key, part) === place);
  };
  const keys = useKeys(props, partAt);
  return (
    <div
      role="group"
      style={{ gridTemplateColumns: narrow ? undefined : columns }}
      className={styles.row}
      aria-label={t('records.parts.row', { number })}
      data-dragging={dragging || undefined}
      data-narrow={narrow || undefined}
      {...keys}
      onPasteCapture={(event) => {
        const part = partAt(event);
        if (part) onPaste(event, row[ROW].key, part);
      }}
    >
      <span
        {...handle}
        // The keys of the row move it; between the cells there is nothing to stop at.
        tabIndex={-1}
        className={styles.grip}
        aria-label={t('records.columns.move', { name })}
      >
        <IconGripVertical size={14} stroke={1.8} />
        {narrow && t('records.parts.row', { number })}
      </span>
      {parts.map((part) => (
        <Cell key={part.key} {...props} part={part} />
      ))}
      <IconBtn
        label={t('ui.remove', { name })}
        tooltip={false}
        tabIndex={-1}
        className={styles.bin}
        onClick={() => actions.remove(index)}
      >
        <IconTrash size={15} stroke={1.7} />
      </IconBtn>
    </div>
  );
}

/** Enter goes down and begins the next one; Alt and an arrow moves a row, Ctrl and Backspace removes it. */
function useKeys(props: PartRowProps, partAt: (event: KeyboardEvent) => MetaField | undefined) {
  const { index, rows, actions } = props;
  // Before the inputs hear them: lists and calendars open with these arrows, too.
  const onKeyDownCapture = (event: KeyboardEvent) => {
    const part = partAt(event);
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const removes = event.key === 'Backspace' && (event.ctrlKey || event.metaKey);
    if (!part || !(removes || (step && event.altKey))) return;
    event.preventDefault();
    event.stopPropagation();
    if (removes) actions.remove(index, part);
    else actions.move(index, index + step!, part);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const part = partAt(event);
    if (event.key !== 'Enter' || !part || event.ctrlKey || event.metaKey) return;
    // An open list takes it for itself, and a text of several lines.
    const taken = (event.target as HTMLElement).hasAttribute('aria-controls');
    if (event.defaultPrevented || taken || typeOf(part).multiline) return;
    event.preventDefault();
    if (event.shiftKey) actions.focus(rows[index - 1], part);
    else if (index === rows.length - 1) actions.add();
    else actions.focus(rows[index + 1], part);
  };
  return { onKeyDownCapture, onKeyDown };
}

function Cell(props: PartRowProps & { part: MetaField }) {
  const { field, part, row, index, actions, errors, onWrite, onBlur } = props;
  const { t } = useTranslation();
  const { Input, align } = typeOf(part);
  const { key } = row[ROW];
  const place = placeIn(field, key, part);
  const first = shownIn(field).find(({ readOnly }) => !readOnly);
  return (
    <div className={styles.cell} data-align={align} data-field={place}>
      <span className={styles.label} aria-hidden>
        {part.label}
        {part.required && !part.readOnly && <span className={styles.asterisk}> *</span>}
      </span>
      {part.readOnly ? (
        <Computed field={field} part={part} row={row} />
      ) : (
        <Suspense fallback={<span className={styles.soon} />}>
          <Input
            field={part}
            bare
            shared={{
              'aria-label': t('records.parts.cell', { field: part.label, number: index + 1 }),
              // Only while nobody writes elsewhere in it: some inputs travel first.
              autoFocus: key === actions.begun && part === first && !isWritten(row),
              error: errors[place],
              onBlur,
            }}
            of={row[ROW].read}
            value={row[part.key]}
            onChange={(value) => onWrite(row, part, value)}
          />
        </Suspense>
      )}
    </div>
  );
}
