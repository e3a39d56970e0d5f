import { Select } from '@mantine/core';
import { IconActivity, IconNote } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { fieldsOf } from '@/api/records';
import type { MetaEntity } from '@/api/types';
import { EmptyState } from '@/ui/EmptyState';
import { Pages } from '@/ui/Pages';
import { ChangeList, labelOf } from '@/ui/RecordPage/changes';
import { FormSkeleton } from '@/ui/Skeletons';
import { eventLooks } from '@/ui/Timeline/looks';
import { Timeline, type TimelineItem } from '@/ui/Timeline/Timeline';
import { TIMELINE_TYPES, timelineQuery, type TimelineType } from '../queries';
import { NoteComposer } from './NoteComposer';
import styles from './Profile.module.css';
import { oneOf } from './profileSearch';
import type { TimelineEntry } from '../types';

const LOOKS: typeof eventLooks = { ...eventLooks, note: [IconNote, 'amber'] };

interface TimelineTabProps {
  entity: MetaEntity;
  id: string;
  type: TimelineType | undefined;
  onType: (type: TimelineType | undefined) => void;
}

export function TimelineTab({ entity, id, type, onType }: TimelineTabProps) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(timelineQuery(id, type));
  const item = useTimelineItem(entity);
  return (
    <>
      <NoteComposer id={id} />
      <div className={styles.timelineHead}>
        <Select
          size="xs"
          aria-label={t('customers.timeline.filter')}
          className={styles.typeFilter}
          allowDeselect={false}
          data={[
            { value: 'all', label: t('customers.timeline.all') },
            ...TIMELINE_TYPES.map((value) => ({ value, label: t(`customers.timeline.${value}`) })),
          ]}
          value={type ?? 'all'}
          onChange={(value) => onType(oneOf(value, TIMELINE_TYPES))}
        />
      </div>
      <Pages
        query={query}
        subject={t('customers.timeline.subject')}
        loading={<FormSkeleton fields={4} />}
        empty={
          <EmptyState
            icon={<IconActivity size={24} stroke={1.7} />}
            title={t('customers.timeline.empty')}
          >
            {t('customers.timeline.emptyText')}
          </EmptyState>
        }
        more={t('customers.timeline.more')}
      >
        {(entries) => <Timeline label={t('customers.timeline.label')} items={entries.map(item)} />}
      </Pages>
    </>
  );
}

function useTimelineItem(entity: MetaEntity): (entry: TimelineEntry) => TimelineItem {
  const { t } = useTranslation();
  const fields = fieldsOf(entity);
  return (entry) => {
    const type = entry.type.split('.').at(-1) ?? entry.type;
    const kind = entry.type.startsWith('note') ? 'note' : type;
    const [icon, hue] = LOOKS[kind] ?? [IconActivity, 'gray'];
    const changes = entry.changes ?? {};
    const names = Object.keys(changes).map((key) => labelOf(fields, key).toLocaleLowerCase());
    const did = t(`customers.timeline.did.${kind in LOOKS ? kind : 'other'}`, {
      fields: names.join(', '),
      type: entry.title ?? entry.type,
    });
    const hasChanges = kind === 'updated' && names.length > 0;
    return {
      id: entry.id,
      at: entry.at,
      icon,
      hue,
      title: (
        <>
          <b>{entry.actor?.name ?? t('customers.timeline.somebody')}</b> {did}
        </>
      ),
      body: hasChanges ? <ChangeList entity={entity} changes={changes} /> : entry.body,
      tone: entry.body ? (kind === 'note' ? 'marked' : 'quote') : undefined,
    };
  };
}
