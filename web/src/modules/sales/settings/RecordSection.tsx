import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan, useMetaEntity } from '@/api/me';
import { recordList, type RecordRow } from '@/api/records';
import type { MetaEntity } from '@/api/types';
import { isHue } from '@/lib/hues';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { EntityForm } from '@/ui/EntityPage/EntityForm';
import { useRecordActions } from '@/ui/EntityTable/useRecordActions';
import { RowActions } from '@/ui/Settings/RowActions';
import { Section } from '@/ui/Settings/SettingsPage';
import { Tag } from '@/ui/Tag';
import styles from './SalesSettings.module.css';

interface RecordSectionProps {
  name: string;
  sort?: string;
  /** What is said of one beside its name. */
  detail?: (row: RecordRow) => string;
  action?: (row: RecordRow, entity: MetaEntity) => ReactNode;
}

// As many as a page of the API holds; a company has a dozen.
const MOST = 100;

/** The records of a small entity, in a section of the settings. */
export function RecordSection({ name, ...props }: RecordSectionProps) {
  const may = useCan();
  const entity = useMetaEntity(name);
  return entity && may(name, 'read') ? <Records entity={entity} {...props} /> : null;
}

type RecordsProps = Omit<RecordSectionProps, 'name'> & { entity: MetaEntity };

function Records({ entity, sort, detail, action }: RecordsProps) {
  const { t } = useTranslation();
  const may = useCan();
  const { remove } = useRecordActions(entity);
  const [edited, setEdited] = useState<string>();
  const [doomed, setDoomed] = useState<RecordRow>();
  const rows = useQuery(
    recordList(entity, {
      limit: MOST,
      sortBy: sort ?? entity.defaultSort?.field,
      sortOrder: sort ? 'asc' : entity.defaultSort?.order,
    }),
  ).data?.data;
  const nameOf = (row: RecordRow) => String(row[entity.titleField] ?? '');
  return (
    <Section title={entity.labelPlural}>
      {rows?.length === 0 && <p className={styles.none}>{t('sales.settings.none')}</p>}
      <ul className={styles.rows} aria-label={entity.labelPlural}>
        {rows?.map((row) => (
          <li key={row.id} className={styles.row}>
            {isHue(row.color) ? (
              <Tag dot hue={row.color}>
                {nameOf(row)}
              </Tag>
            ) : (
              <span className={styles.name}>{nameOf(row)}</span>
            )}
            <span className={styles.detail}>{detail?.(row)}</span>
            {action?.(row, entity)}
            <RowActions
              name={nameOf(row)}
              onEdit={may(entity.name, 'update', row) ? () => setEdited(row.id) : undefined}
              onDelete={may(entity.name, 'delete', row) ? () => setDoomed(row) : undefined}
            />
          </li>
        ))}
      </ul>
      {may(entity.name, 'create') && (
        <Button
          variant="default"
          className={styles.add}
          leftSection={<IconPlus size={15} stroke={1.8} />}
          aria-label={`${t('sales.settings.new')}: ${entity.label}`}
          onClick={() => setEdited('')}
        >
          {t('sales.settings.new')}
        </Button>
      )}
      {edited !== undefined && (
        <EntityForm
          screen={undefined}
          entity={entity}
          id={edited || undefined}
          onClose={() => setEdited(undefined)}
        />
      )}
      <ConfirmDialog
        opened={doomed !== undefined}
        title={t('sales.settings.deleteTitle', { name: doomed ? nameOf(doomed) : '' })}
        text={t('sales.settings.deleteText')}
        action={t('ui.delete')}
        onConfirm={async () => {
          if (doomed) await remove(doomed);
        }}
        onClose={() => setDoomed(undefined)}
      />
    </Section>
  );
}
