import type { RecordRow } from '@/api/records';
import { valueOf } from '@/api/records';
import type { MetaField } from '@/api/types';
import { Attr } from '@/ui/Attr/Attr';
import { typeOf } from '@/ui/fields';
import { useEditorSoon } from '@/ui/RecordForm/EditorSoon';
import styles from './RecordPage.module.css';

interface AttributeListProps {
  title: string;
  fields: MetaField[];
  record: RecordRow;
  readOnly: boolean;
  onSave: (seen: RecordRow, key: string, value: unknown) => void;
}

/** A group of a record's attributes, each edited where it stands. */
export function AttributeList({ title, fields, record, readOnly, onSave }: AttributeListProps) {
  useEditorSoon();
  // A table stands in a block of its own.
  const own = fields.filter((field) => !typeOf(field).composed);
  if (own.length === 0) return null;
  return (
    <section className={styles.block} aria-label={title}>
      <h2 className={styles.heading}>{title}</h2>
      <dl>
        {own.map((field) => (
          <Attr
            key={field.key}
            field={field}
            value={valueOf(record, field.key)}
            of={record}
            onSave={
              readOnly || field.readOnly ? undefined : (value) => onSave(record, field.key, value)
            }
          />
        ))}
      </dl>
    </section>
  );
}
