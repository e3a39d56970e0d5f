import { Tabs } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetaEntity } from '@/api/types';
import { HistoryList } from '@/ui/RecordPage/HistoryList';
import { RecordTimeline } from '@/ui/Timeline/RecordTimeline';
import styles from './EntityRecordPage.module.css';

interface PastProps {
  entity: MetaEntity;
  id: string;
  onAsOf: (at: string) => void;
}

/** What became of a record; where others tell of it, too, first everything in one line. */
export function Past({ entity, id, onAsOf }: PastProps) {
  const { t } = useTranslation();
  const [type, setType] = useState<string>();
  const isKept = entity.history !== 'none';
  const history = <HistoryList entity={entity} id={id} onAsOf={onAsOf} />;
  if (entity.timeline.length === 0) {
    if (!isKept) return null;
    return (
      <section aria-label={t('records.record.history')}>
        <h2 className={styles.heading}>{t('records.record.history')}</h2>
        {history}
      </section>
    );
  }
  return (
    <Tabs defaultValue="timeline" keepMounted={false}>
      <Tabs.List>
        <Tabs.Tab value="timeline">{t('records.timeline.label')}</Tabs.Tab>
        {isKept && <Tabs.Tab value="history">{t('records.record.history')}</Tabs.Tab>}
      </Tabs.List>
      <Tabs.Panel value="timeline">
        <RecordTimeline entity={entity} id={id} type={type} onType={setType} />
      </Tabs.Panel>
      <Tabs.Panel value="history">{history}</Tabs.Panel>
    </Tabs>
  );
}
