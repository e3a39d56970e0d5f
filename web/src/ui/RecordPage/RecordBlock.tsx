import { Button } from '@mantine/core';
import { IconPencil, IconPlus } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { valueOf, type RecordRow } from '@/api/records';
import type { MetaEntity, MetaField } from '@/api/types';
import { isEmpty } from '@/ui/Edit/values';
import { FieldValue } from '@/ui/FieldValue';
import { IconBtn } from '@/ui/IconBtn';
import { ComesTo } from '@/ui/RecordForm/ComesTo';
import styles from './RecordPage.module.css';

// A form, of which most visits see nothing.
const BlockEditor = lazy(async () => ({ default: (await import('./BlockEditor')).BlockEditor }));

interface RecordBlockProps {
  entity: MetaEntity;
  field: MetaField;
  record: RecordRow;
  readOnly: boolean;
}

/** A table of a record: looked at as a whole, and edited as a whole where it stands. */
export function RecordBlock({ entity, field, record, readOnly }: RecordBlockProps) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  const value = valueOf(record, field.key);
  const start = readOnly || field.readOnly ? undefined : () => setEditing(true);
  const table = isEmpty(value) ? (
    <p className={styles.nothing}>
      {t('records.parts.empty')}
      {start && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} stroke={2} />}
          onClick={start}
        >
          {t('records.parts.add')}
        </Button>
      )}
    </p>
  ) : (
    <>
      <FieldValue field={field} value={value} of={record} linked />
      <ComesTo entity={entity} valueIn={(key) => valueOf(record, key)} />
    </>
  );
  return (
    <section className={styles.table} aria-label={field.label}>
      <div className={styles.tableHead}>
        <h2 className={styles.heading}>{field.label}</h2>
        {start && !editing && (
          <IconBtn label={t('records.record.editField', { field: field.label })} onClick={start}>
            <IconPencil size={15} stroke={1.7} />
          </IconBtn>
        )}
      </div>
      {editing && start ? (
        <Suspense fallback={table}>
          <BlockEditor
            entity={entity}
            field={field}
            record={record}
            onClose={() => setEditing(false)}
          />
        </Suspense>
      ) : (
        table
      )}
    </section>
  );
}
