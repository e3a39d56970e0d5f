import { useTranslation } from 'react-i18next';
import { fieldsOf, type HistoryEntry } from '@/api/records';
import type { MetaEntity, MetaField } from '@/api/types';
import { fieldText } from '@/ui/fieldText';
import { useTitles } from '@/ui/RecordForm/useCatalogue';
import styles from './RecordPage.module.css';

type Changes = HistoryEntry['changes'];
const PLAIN = { type: 'text', options: [] };

export const labelOf = (fields: MetaField[], key: string): string =>
  fields.find((field) => field.key === key)?.label ?? key.replace(/^customFields\./, '');

/** Field by field: from what, to what. */
export function ChangeList({ entity, changes }: { entity: MetaEntity; changes: Changes }) {
  const { t } = useTranslation();
  const userName = useTitles('user');
  const fields = fieldsOf(entity);
  const text = (key: string, value: unknown) => {
    const field = fields.find((one) => one.key === key) ?? PLAIN;
    return fieldText(t, field, value, userName);
  };
  return (
    <ul className={styles.changes}>
      {Object.entries(changes).map(([key, { from, to }]) => (
        <li key={key}>
          <span className={styles.changed}>{labelOf(fields, key)}</span>{' '}
          <span className="srOnly">{t('records.history.from')}</span>
          <del className={styles.before}>{text(key, from)}</del>
          <span aria-hidden> → </span>
          <span className="srOnly">{t('records.history.to')}</span>
          <ins className={styles.after}>{text(key, to)}</ins>
        </li>
      ))}
    </ul>
  );
}
