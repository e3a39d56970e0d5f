import { IconPencil } from '@tabler/icons-react';
import { useState, type MouseEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetaField } from '@/api/types';
import { FieldValue } from '@/ui/FieldValue';
import { IconBtn } from '@/ui/IconBtn';
import { isEmpty } from '@/ui/Edit/values';
import { InlineEditor } from '@/ui/RecordForm/EditorSoon';
import styles from './Attr.module.css';
import { FieldIcon } from './FieldIcon';

interface AttrProps {
  field: MetaField;
  value: unknown;
  /** The record that it is an attribute of. */
  of?: object;
  /** Absent: nobody may change it here. */
  onSave?: (value: unknown) => void;
  /** Instead of the plain value. */
  children?: ReactNode;
}

/** One attribute of a record: what it is, and a click to change it. Stands inside a <dl>. */
export function Attr({ field, value, of, onSave, children }: AttrProps) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  const start = (event: MouseEvent) => {
    const target = event.target as HTMLElement;
    // React hands over clicks in an editor's drop-down too, although that lies elsewhere.
    const here = event.currentTarget.contains(target);
    if (onSave && here && !target.closest('a, button')) setEditing(true);
  };
  const stop = () => setEditing(false);
  return (
    <div className={styles.attr} data-editing={editing || undefined}>
      <dt className={styles.label}>
        <FieldIcon field={field} />
        <span className={styles.labelText}>{field.label}</span>
      </dt>
      <dd className={styles.value} onClick={start} data-editable={onSave ? true : undefined}>
        {editing ? (
          <InlineEditor
            field={field}
            value={value}
            onCancel={stop}
            onSave={(next) => {
              stop();
              onSave?.(next);
            }}
          />
        ) : (
          <>
            <span className={styles.text}>
              {children ??
                (isEmpty(value) ? (
                  <span className={styles.empty}>{t('records.record.empty')}</span>
                ) : (
                  <FieldValue field={field} value={value} of={of} linked />
                ))}
            </span>
            {onSave && (
              <IconBtn
                label={t('records.record.editField', { field: field.label })}
                tooltip={false}
                className={styles.pencil}
                onClick={() => setEditing(true)}
              >
                <IconPencil size={14} stroke={1.7} />
              </IconBtn>
            )}
          </>
        )}
      </dd>
    </div>
  );
}
