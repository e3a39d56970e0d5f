import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useMetaEntity } from '@/api/me';
import { fieldsOf } from '@/api/records';
import type { Import } from '@/api/types';
import { importGroupsQuery } from './queries';
import { ErrorGroup } from './ErrorGroup';
import styles from './Import.module.css';
import type { Mending } from './useTrial';

interface ErrorGroupsProps {
  row: Import;
  /** Absent: it is done, and nothing can be corrected any more. */
  mending?: Mending;
}

/** What is wrong, by kind: how many rows, and the values that stand there most often. */
export function ErrorGroups({ row, mending }: ErrorGroupsProps) {
  const { t } = useTranslation();
  const entity = useMetaEntity(row.entity);
  const any = row.failed + row.skipped + row.noticed > 0;
  const { data } = useQuery({ ...importGroupsQuery(row), enabled: any });
  if (!any || !data?.data.length || !entity) return null;
  const fields = fieldsOf(entity);
  // Lines of totals have a place of their own, where they can be kept.
  const groups = data.data.filter(({ code }) => !mending || code !== 'summary_line');
  if (groups.length === 0) return null;
  return (
    <ul className={styles.groups} aria-label={t('imports.errors.groups')}>
      {groups.map((group) => (
        <ErrorGroup
          key={`${group.field} ${group.code} ${group.taken}`}
          group={group}
          field={fields.find(({ key }) => key === group.field)}
          mending={mending}
        />
      ))}
    </ul>
  );
}
