import { use } from 'react';
import { useTranslation } from 'react-i18next';
import { valueOf } from '@/api/records';
import type { MetaField } from '@/api/types';
import { isEmpty, ROW, touched, type Row } from '@/ui/Edit/values';
import { NO_VALUE } from '@/ui/fields/noValue';
import { FieldValue } from '@/ui/FieldValue';
import { toInput } from '@/ui/RecordForm/formValues';
import { foreseen, RulesContext } from '@/ui/RecordForm/rules';
import styles from './Parts.module.css';

interface ComputedProps {
  field: MetaField;
  part: MetaField;
  row: Row;
}

/** What the server computes: its own word until the row is touched, a preview from then on. */
export function Computed({ field, part, row }: ComputedProps) {
  const { t } = useTranslation();
  const preview = use(RulesContext).previews?.[`${field.key}.${part.key}`];
  const { read } = row[ROW];
  const asRead = (toInput(field, read ? [read] : null) as Row[])[0];
  const untouched = asRead && Object.keys(touched(row, asRead)).length === 0;
  const value = untouched ? valueOf(read!, part.key) : foreseen(preview, row);
  return (
    <output className={styles.computed} aria-label={part.label}>
      {isEmpty(value) ? (
        <span title={untouched ? undefined : t('records.parts.later')}>{NO_VALUE}</span>
      ) : (
        <FieldValue field={part} value={value} of={read} />
      )}
    </output>
  );
}
