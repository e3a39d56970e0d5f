import { IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { recordHistory, type HistoryEntry } from '@/api/records';
import type { MetaEntity } from '@/api/types';
import { dateTime } from '@/lib/format';
import { EmptyState } from '@/ui/EmptyState';
import { Pages } from '@/ui/Pages';
import { FormSkeleton } from '@/ui/Skeletons';
import { Doer } from '@/ui/Timeline/Doer';
import { KeptSince } from '@/ui/Timeline/KeptSince';
import { eventLooks } from '@/ui/Timeline/looks';
import { Timeline, type TimelineItem } from '@/ui/Timeline/Timeline';
import { withItsChanges } from '@/ui/Timeline/told';
import { ChangeList } from './changes';
import styles from './RecordPage.module.css';

interface HistoryListProps {
  entity: MetaEntity;
  id: string;
  onAsOf: (at: string) => void;
}

/** Who changed what, from what to what and a way back to how it was, where that is kept. */
export function HistoryList({ entity, id, onAsOf }: HistoryListProps) {
  const { t } = useTranslation();
  const query = useInfiniteQuery({
    queryKey: keys.history(entity.name, id),
    queryFn: ({ pageParam }) => recordHistory(entity, id, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ pagination }) => pagination.nextCursor ?? undefined,
  });
  const item = (entry: HistoryEntry): TimelineItem => {
    const what = entry.event.split('.').at(-1) ?? '';
    const [icon, hue] = eventLooks[what] ?? [IconHistory, 'gray'];
    const known = what in eventLooks;
    return {
      id: entry.id,
      at: entry.at,
      icon,
      hue,
      title: (
        <>
          <Doer entry={entry} />{' '}
          {entry.label ??
            t(`records.history.event.${known ? what : 'other'}`, { event: entry.event })}
        </>
      ),
      body: (
        <>
          {Object.keys(entry.changes).length > 0 && what !== 'created' && (
            <ChangeList entity={entity} changes={entry.changes} />
          )}
          {entity.history === 'full' && (
            <button type="button" className={styles.asOf} onClick={() => onAsOf(entry.at)}>
              {t('records.history.asOf', { date: dateTime(entry.at) })}
            </button>
          )}
        </>
      ),
    };
  };
  return (
    <>
      <Pages
        query={query}
        subject={t('records.history.subject')}
        loading={<FormSkeleton fields={5} />}
        empty={<EmptyState icon={<IconHistory size={24} />} title={t('records.history.empty')} />}
        more={t('records.history.more')}
      >
        {(entries) => (
          <Timeline label={t('records.history.label')} items={withItsChanges(entries).map(item)} />
        )}
      </Pages>
      <KeptSince pages={query.data?.pages} />
    </>
  );
}
