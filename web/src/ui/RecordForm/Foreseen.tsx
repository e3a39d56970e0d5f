import { use } from 'react';
import { fieldsOf, valueOf } from '@/api/records';
import type { MetaEntity } from '@/api/types';
import { isEmpty } from '@/ui/Edit/values';
import { NO_VALUE } from '@/ui/fields/noValue';
import { FieldValue } from '@/ui/FieldValue';
import { foreseen, RulesContext } from './rules';
import styles from './RecordForm.module.css';
import type { useRecordForm } from './useRecordForm';

interface ForeseenProps {
  entity: MetaEntity;
  state: Pick<ReturnType<typeof useRecordForm>, 'edit' | 'values'>;
}

/** What the server will compute of what is typed; of what is not touched, its own word. */
export function Foreseen({ entity, state: { edit, values } }: ForeseenProps) {
  const { previews = {} } = use(RulesContext);
  const shown = fieldsOf(entity).filter(({ key, readOnly }) => readOnly && key in previews);
  if (shown.length === 0) return null;
  const known = edit.dirty ? undefined : edit.seen;
  const valueIn = (key: string) => (known ? valueOf(known, key) : foreseen(previews[key], values));
  return (
    <dl className={styles.foreseen}>
      {shown.map((field) => (
        <div key={field.key}>
          <dt>{field.label}</dt>
          <dd>
            {isEmpty(valueIn(field.key)) ? (
              NO_VALUE
            ) : (
              <FieldValue field={field} value={valueIn(field.key)} />
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
