import { Button, Modal, SegmentedControl } from '@mantine/core';
import { IconInbox } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/api/errors';
import { keys } from '@/api/keys';
import { useMe } from '@/api/me';
import { ago, dateTime } from '@/lib/format';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { PagedList, RowEnd, RowText } from '@/ui/PagedList';
import styles from '@/ui/Settings/Settings.module.css';
import { SettingsPage } from '@/ui/Settings/SettingsPage';
import { FormSkeleton } from '@/ui/Skeletons';
import { StatusTag } from '@/ui/StatusTag';
import { toast } from '@/ui/toast';
import code from './ApiKeys.module.css';
import { inboundEntryQuery, inboundQuery, replayInbound } from './queries';
import { maySeeJobs } from './rights';
import type { InboundEntry } from './types';

const EVERY = 'every';
const STATES = ['failed', 'waiting', 'done'] as const;
const HUES = { waiting: 'blue', done: 'green', failed: 'red' } as const;

/** What other systems have told us, and what became of it. */
export function InboundPage() {
  const { t } = useTranslation();
  return (
    <SettingsPage title={t('settings.inbound.title')} text={t('settings.inbound.intro')}>
      {maySeeJobs(useMe().user) ? (
        <Journal />
      ) : (
        <ErrorState error={new ApiError({ status: 403 })} subject={t('settings.inbound.subject')} />
      )}
    </SettingsPage>
  );
}

function Journal() {
  const { t } = useTranslation();
  const [state, setState] = useState(EVERY);
  const [shown, setShown] = useState<string | null>(null);
  const query = useInfiniteQuery(inboundQuery(state === EVERY ? undefined : state));
  const tabs = STATES.map((value) => ({ value, label: t(`settings.inbound.state.${value}`) }));
  return (
    <>
      <div className={styles.tabs}>
        <SegmentedControl
          aria-label={t('settings.inbound.filter')}
          value={state}
          onChange={setState}
          data={[{ value: EVERY, label: t('settings.inbound.every') }, ...tabs]}
        />
      </div>
      <PagedList
        query={query}
        label={t('settings.inbound.title')}
        subject={t('settings.inbound.subject')}
        empty={
          <EmptyState
            icon={<IconInbox size={24} />}
            title={t(state === EVERY ? 'settings.inbound.empty' : 'settings.inbound.emptyState')}
          >
            {state === EVERY && t('settings.inbound.emptyText')}
          </EmptyState>
        }
      >
        {(entry) => <EntryRow entry={entry} onShow={() => setShown(entry.id)} />}
      </PagedList>
      {shown && <EntryDialog id={shown} onClose={() => setShown(null)} />}
    </>
  );
}

function EntryRow({ entry, onShow }: { entry: InboundEntry; onShow: () => void }) {
  const { t } = useTranslation();
  const { state, vendor, externalId, receivedAt, tries, nextTryAt, error } = entry;
  const details = [
    ago(receivedAt),
    tries > 1 && t('settings.jobs.attempts', { count: tries }),
    tries > 0 && nextTryAt && t('settings.outbox.nextTry', { when: ago(nextTryAt) }),
    error,
  ];
  return (
    <>
      <RowText
        title={
          <>
            {vendor} · {externalId}
            <StatusTag
              value={state}
              label={t(`settings.inbound.one.${state}`)}
              color={HUES[state]}
            />
          </>
        }
        detail={details.filter(Boolean).join(' · ')}
      />
      <RowEnd>
        <Button
          size="xs"
          variant="default"
          onClick={onShow}
          aria-label={t('settings.inbound.showOf', { id: externalId })}
        >
          {t('settings.inbound.show')}
        </Button>
      </RowEnd>
    </>
  );
}

function EntryDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(inboundEntryQuery(id));
  const { mutate, isPending } = useMutation({
    mutationFn: () => replayInbound(id),
    onSuccess: async () => {
      toast.done(t('settings.inbound.replayed'));
      await client.invalidateQueries({ queryKey: keys.all('inbound') });
      onClose();
    },
    onError: (failure) => toast.fail(failure),
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('settings.inbound.entry')}
      size={620}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      {error && !data && (
        <ErrorState
          error={error}
          subject={t('settings.inbound.subject')}
          onRetry={() => void refetch()}
        />
      )}
      {!data && !error && <FormSkeleton fields={3} />}
      {data && (
        <div className={styles.form}>
          <RowText
            title={`${data.vendor} · ${data.externalId}`}
            detail={[dateTime(data.receivedAt), data.error].filter(Boolean).join(' · ')}
          />
          <pre className={code.code} tabIndex={0} aria-label={t('settings.inbound.body')}>
            {data.body}
          </pre>
          <div className={styles.buttons}>
            {data.state !== 'waiting' && (
              <Button variant="default" loading={isPending} onClick={() => mutate()}>
                {t('settings.inbound.replay')}
              </Button>
            )}
          </div>
        </div>
      )}
    </Modal>
  );
}
