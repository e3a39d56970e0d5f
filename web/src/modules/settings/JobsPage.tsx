import { Button, SegmentedControl } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/api/errors';
import { keys } from '@/api/keys';
import { useMe } from '@/api/me';
import type { Job } from '@/api/types';
import { ago } from '@/lib/format';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { PagedList, RowEnd, RowText } from '@/ui/PagedList';
import styles from '@/ui/Settings/Settings.module.css';
import { SettingsPage } from '@/ui/Settings/SettingsPage';
import { StatusTag } from '@/ui/StatusTag';
import { toast } from '@/ui/toast';
import { jobsQuery, replayJob, type JobState } from './queries';
import { maySeeJobs } from './rights';
import { Reactions } from './Reactions';

const states: JobState[] = ['dead', 'running', 'queued'];
type Tab = JobState | 'reactions';

export function JobsPage() {
  const { t } = useTranslation();
  const allowed = maySeeJobs(useMe().user);
  return (
    <SettingsPage title={t('settings.jobs.title')} text={t('settings.jobs.intro')}>
      {allowed ? (
        <Jobs />
      ) : (
        <ErrorState error={new ApiError({ status: 403 })} subject={t('settings.jobs.subject')} />
      )}
    </SettingsPage>
  );
}

function Jobs() {
  const { t } = useTranslation();
  const [tab, setTab] = useState<Tab>('dead');
  const reactions = { value: 'reactions', label: t('settings.reactions.title') };
  const tabs = states.map((value) => ({ value, label: t(`settings.jobs.state.${value}`) }));
  return (
    <>
      <div className={styles.tabs}>
        <SegmentedControl
          aria-label={t('settings.jobs.title')}
          value={tab}
          onChange={(value) => setTab(value as Tab)}
          data={[...tabs, reactions]}
        />
      </div>
      {tab === 'reactions' ? <Reactions /> : <JobList state={tab} />}
    </>
  );
}

function JobList({ state }: { state: JobState }) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(jobsQuery(state));
  return (
    <PagedList
      query={query}
      label={t(`settings.jobs.state.${state}`)}
      subject={t('settings.jobs.subject')}
      empty={
        <EmptyState
          icon={<IconCircleCheck size={24} />}
          title={t(`settings.jobs.empty.${state}`)}
        />
      }
    >
      {(job) => <JobRow job={job} />}
    </PagedList>
  );
}

function JobRow({ job }: { job: Job }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const replay = async () => {
    setBusy(true);
    try {
      await replayJob(job.id);
      toast.done(t('settings.jobs.replayed'));
      await client.invalidateQueries({ queryKey: keys.all('job') });
    } catch (error) {
      toast.fail(error);
    } finally {
      setBusy(false);
    }
  };
  const tried = t('settings.jobs.attempts', { count: job.attempts });
  const detail = [ago(job.createdAt), tried, job.error].filter(Boolean).join(' · ');
  return (
    <>
      <RowText title={job.kind} detail={detail} />
      <RowEnd>
        <StatusTag value={job.state} label={t(`settings.jobs.word.${job.state}`)} />
        {job.state === 'dead' && (
          <Button size="xs" variant="default" loading={busy} onClick={() => void replay()}>
            {t('settings.jobs.replay')}
          </Button>
        )}
      </RowEnd>
    </>
  );
}
