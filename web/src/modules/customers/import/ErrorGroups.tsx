import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useMetaEntity } from '@/api/me';
import { fieldsOf } from '@/api/records';
import type { Import } from '@/api/types';
import { num } from '@/lib/format';
import { importGroupsQuery } from '../queries';
import styles from './Import.module.css';

const SHOWN_VALUES = 5;

/** What is wrong, by kind: how many rows, and the values that stand there most often. */
export function ErrorGroups({ row }: { row: Import }) {
  const { t } = useTranslation();
  const entity = useMetaEntity('contact');
  const any = row.failed + row.skipped + row.noticed > 0;
  const { data } = useQuery({ ...importGroupsQuery(row.id), enabled: any });
  if (!data?.data.length || !entity) return null;
  const fields = fieldsOf(entity);
  const label = (key: string) => fields.find((field) => field.key === key)?.label;
  return (
    <ul className={styles.groups} aria-label={t('imports.errors.groups')}>
      {data.data.map(({ field, code, taken, count, message, values }) => {
        const shown = values.filter(({ value }) => value).slice(0, SHOWN_VALUES);
        const name = label(field);
        return (
          <li key={`${field} ${code} ${taken}`}>
            <span className="num">{num(count)}</span>
            <span>
              {name ? `${name}: ${message}` : message}
              {taken && ` · ${t('imports.errors.taken')}`}
              {shown.length > 0 && (
                <span className={styles.quiet}>
                  {` ${t('imports.errors.values', {
                    values: shown.map(({ value, count: n }) => `${value} (${num(n)})`).join(', '),
                  })}`}
                </span>
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
