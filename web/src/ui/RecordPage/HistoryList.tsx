import { Button } from '@mantine/core';
import {
  IconHistory,
  IconPencil,
  IconPlus,
  IconRestore,
  IconTrash,
  IconUpload,
  type Icon,
} from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { recordHistory, type HistoryEntry } from '@/api/records';
import type { MetaEntity } from '@/api/types';
import { dateTime } from '@/lib/format';
import type { Hue } from '@/lib/hues';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { FormSkeleton } from '@/ui/Skeletons';
import { Timeline, type TimelineItem } from '@/ui/Timeline/Timeline';
import { ChangeList } from './changes';
import styles from './RecordPage.module.css';

const LOOKS: Record<string, [Icon, Hue]> = {
  created: [IconPlus, 'green'],
  updated: [IconPencil, 'blue'],
  deleted: [IconTrash, 'red'],
  restored: [IconRestore, 'teal'],
  imported: [IconUpload, 'orange'],
};

interface HistoryListProps {
  entity: MetaEntity;
  id: string;
  onAsOf: (at: string) => void;
}

/** Who changed what, from what to what, and a way back to how it was. */
export function HistoryList({ entity, id, onAsOf }: HistoryListProps) {
  const { t } = useTranslation();
  const query = useInfiniteQuery({
    queryKey: keys.history(entity.name, id),
    queryFn: ({ pageParam }) => recordHistory(entity, id, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ pagination }) => pagination.nextCursor ?? undefined,
  });
  if (query.isPending) return <FormSkeleton fields={5} />;
  if (query.isError) {
    return (
      <ErrorState
        error={query.error}
        subject={t('records.record.history').toLocaleLowerCase()}
        onRetry={() => void query.refetch()}
      />
    );
  }
  const entries = query.data.pages.flatMap(({ data }) => data);
  if (entries.length === 0) {
    return <EmptyState icon={<IconHistory size={24} />} title={t('records.history.empty')} />;
  }
  const item = (entry: HistoryEntry): TimelineItem => {
    const what = entry.event.split('.').at(-1) ?? '';
    const [icon, hue] = LOOKS[what] ?? [IconHistory, 'gray'];
    const known = what in LOOKS;
    return {
      id: entry.id,
      at: entry.at,
      icon,
      hue,
      title: (
        <>
          <b>{entry.actor?.name ?? t('records.history.somebody')}</b>{' '}
          {t(`records.history.event.${known ? what : 'other'}`, { event: entry.event })}
        </>
      ),
      body: (
        <>
          {Object.keys(entry.changes).length > 0 && what !== 'created' && (
            <ChangeList entity={entity} changes={entry.changes} />
          )}
          <button type="button" className={styles.asOf} onClick={() => onAsOf(entry.at)}>
            {t('records.history.asOf', { date: dateTime(entry.at) })}
          </button>
        </>
      ),
    };
  };
  return (
    <>
      <Timeline label={t('records.history.label')} items={entries.map(item)} />
      {query.hasNextPage && (
        <Button
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('records.history.more')}
        </Button>
      )}
    </>
  );
}
