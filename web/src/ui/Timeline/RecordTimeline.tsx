import { Select } from '@mantine/core';
import { IconActivity } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useMeta } from '@/api/me';
import { recordTimeline } from '@/api/records';
import type { MetaEntity } from '@/api/types';
import { EmptyState } from '@/ui/EmptyState';
import { Pages } from '@/ui/Pages';
import { FormSkeleton } from '@/ui/Skeletons';
import { KeptSince } from './KeptSince';
import styles from './RecordTimeline.module.css';
import { Timeline } from './Timeline';
import { withItsChanges } from './told';
import { useTimelineItem } from './useTimelineItem';

interface RecordTimelineProps {
  entity: MetaEntity;
  id: string;
  /** What alone is shown: an entity that is about the record, or what happened to the record. */
  type: string | undefined;
  onType: (type: string | undefined) => void;
}

/** What happened to a record and to all that is about it. */
export function RecordTimeline({ entity, id, type, onType }: RecordTimelineProps) {
  const { t } = useTranslation();
  const types = useTypes(entity);
  const chosen = types.find(({ value }) => value === type)?.value;
  const query = useInfiniteQuery(recordTimeline(entity, id, chosen));
  const item = useTimelineItem(entity);
  return (
    <>
      <div className={styles.head}>
        <Select
          size="xs"
          aria-label={t('records.timeline.filter')}
          className={styles.typeFilter}
          allowDeselect={false}
          data={[{ value: '', label: t('records.timeline.all') }, ...types]}
          value={chosen ?? ''}
          onChange={(value) => onType(value || undefined)}
        />
      </div>
      <Pages
        query={query}
        subject={t('records.timeline.subject')}
        loading={<FormSkeleton fields={4} />}
        empty={
          <EmptyState
            icon={<IconActivity size={24} stroke={1.7} />}
            title={t('records.timeline.empty')}
          >
            {t('records.timeline.emptyText')}
          </EmptyState>
        }
        more={t('records.timeline.more')}
      >
        {(entries) => (
          <Timeline label={t('records.timeline.label')} items={withItsChanges(entries).map(item)} />
        )}
      </Pages>
      <KeptSince pages={query.data?.pages} />
    </>
  );
}

/** Entities that tell of it, as /meta names them, and what may have happened to the record. */
function useTypes(entity: MetaEntity) {
  const { t } = useTranslation();
  const { entities } = useMeta();
  const tellers = entities.filter(({ name }) => entity.timeline.includes(name));
  const own = ['updated', 'created', entity.importable && 'imported', 'deleted'];
  return [
    ...tellers.map(({ name, labelPlural }) => ({ value: name, label: labelPlural })),
    ...own.flatMap((value) => (value ? { value, label: t(`records.timeline.type.${value}`) } : [])),
  ];
}
