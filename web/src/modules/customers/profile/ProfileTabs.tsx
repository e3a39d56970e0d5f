import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useMetaEntity } from '@/api/me';
import type { MetaEntity } from '@/api/types';
import { num } from '@/lib/format';
import { soon } from '@/lib/soon';
import { FormSkeleton } from '@/ui/Skeletons';
import { attachmentsOf } from '@/ui/files/attached';
import { RecordTimeline } from '@/ui/Timeline/RecordTimeline';
import { notesQuery } from '../queries';
import { NoteComposer } from './NoteComposer';
import { oneOf, TABS, type ProfileSearch } from './profileSearch';
import styles from './Profile.module.css';

// Behind the first tab: they travel when somebody goes there.
const NotesTab = soon(async () => (await import('./NotesTab')).NotesTab);
const DocumentsTab = soon(async () => (await import('./DocumentsTab')).DocumentsTab);
const HistoryList = soon(async () => (await import('@/ui/RecordPage/HistoryList')).HistoryList);

interface ProfileTabsProps {
  entity: MetaEntity;
  id: string;
  search: ProfileSearch;
  onSearch: (change: Partial<ProfileSearch>) => void;
}

/** How many there are, as far as they were asked for. */
function FileCount({ entity, id }: { entity: MetaEntity; id: string }) {
  const { data } = useQuery(attachmentsOf(entity, { field: 'contactId', id }));
  const count = data?.pagination.total ?? data?.data.length ?? 0;
  return count > 0 && <span className={styles.badge}>{num(count)}</span>;
}

export function ProfileTabs({ entity, id, search, onSearch }: ProfileTabsProps) {
  const { t } = useTranslation();
  const notes = useQuery(notesQuery(id));
  const count = notes.data?.pagination.total ?? notes.data?.data.length ?? 0;
  const documents = useMetaEntity('document');
  const tab = search.tab ?? 'tempo';
  return (
    <Tabs
      value={tab}
      onChange={(next) => onSearch({ tab: oneOf(next, TABS) })}
      keepMounted={false}
      classNames={{ list: styles.tabs, tab: styles.tab, panel: styles.panel }}
    >
      <Tabs.List aria-label={t('customers.profile.tabs')}>
        <Tabs.Tab value="tempo">{t('customers.profile.tab.timeline')}</Tabs.Tab>
        <Tabs.Tab value="notas">
          {t('customers.profile.tab.notes')}
          {count > 0 && <span className={styles.badge}>{num(count)}</span>}
        </Tabs.Tab>
        {documents && (
          <Tabs.Tab value="documentos">
            {documents.labelPlural}
            <FileCount entity={documents} id={id} />
          </Tabs.Tab>
        )}
        <Tabs.Tab value="historico">{t('customers.profile.tab.history')}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="tempo">
        <NoteComposer id={id} />
        <RecordTimeline
          entity={entity}
          id={id}
          type={search.type}
          onType={(type) => onSearch({ type })}
        />
      </Tabs.Panel>
      <Tabs.Panel value="notas">
        <Suspense fallback={<FormSkeleton fields={4} />}>
          <NotesTab id={id} found={search.nota} />
        </Suspense>
      </Tabs.Panel>
      {documents && (
        <Tabs.Panel value="documentos">
          <Suspense fallback={<FormSkeleton fields={4} />}>
            <DocumentsTab entity={documents} id={id} />
          </Suspense>
        </Tabs.Panel>
      )}
      <Tabs.Panel value="historico">
        <Suspense fallback={<FormSkeleton fields={5} />}>
          <HistoryList entity={entity} id={id} onAsOf={(asOf) => onSearch({ asOf })} />
        </Suspense>
      </Tabs.Panel>
    </Tabs>
  );
}
