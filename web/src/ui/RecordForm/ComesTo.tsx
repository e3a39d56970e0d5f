import { use } from 'react';
import { fieldsOf } from '@/api/records';
import type { MetaEntity } from '@/api/types';
import { isEmpty } from '@/ui/Edit/values';
import { NO_VALUE } from '@/ui/fields/noValue';
import { FieldValue } from '@/ui/FieldValue';
import styles from './RecordForm.module.css';
import { RulesContext } from './rules';

interface ComesToProps {
  entity: MetaEntity;
  valueIn: (key: string) => unknown;
}

/** What follows from what is filled in: the last line of a form, or of a table. */
export function ComesTo({ entity, valueIn }: ComesToProps) {
  const { previews = {} } = use(RulesContext);
  const shown = fieldsOf(entity).filter(({ key, readOnly }) => readOnly && key in previews);
  if (shown.length === 0) return null;
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
