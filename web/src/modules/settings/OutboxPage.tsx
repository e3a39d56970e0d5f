import { Button, SegmentedControl } from '@mantine/core';
import { IconMailCheck } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/api/errors';
import { keys } from '@/api/keys';
import { useCan, useMe, useMetaEntity } from '@/api/me';
import { ago, dateTime } from '@/lib/format';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { PagedList, RowEnd, RowText } from '@/ui/PagedList';
import styles from '@/ui/Settings/Settings.module.css';
import { SettingsPage } from '@/ui/Settings/SettingsPage';
import { StatusTag } from '@/ui/StatusTag';
import { toast } from '@/ui/toast';
import { MAIL } from './addresses';
import { mailProblem, NOT_CONFIGURED } from './mailProblem';
import { outboxQuery, sendMailNow } from './queries';
import { mayChangeCompany } from './rights';
import type { Mail } from './types';

export function OutboxPage() {
  const { t } = useTranslation();
  const may = useCan();
  return (
    <SettingsPage title={t('settings.outbox.title')} text={t('settings.outbox.intro')}>
      {may('mail', 'read') ? (
        <Outbox />
      ) : (
        <ErrorState error={new ApiError({ status: 403 })} subject={t('settings.outbox.subject')} />
      )}
    </SettingsPage>
  );
}

const EVERY = 'every';

/** What states there are, and how they are called, is the declaration's knowledge. */
function useStates() {
  const fields = useMetaEntity('mail')?.fields ?? [];
  return fields.find(({ key }) => key === 'state')?.options ?? [];
}

function Outbox() {
  const { t } = useTranslation();
  const [state, setState] = useState(EVERY);
  const query = useInfiniteQuery(outboxQuery(state === EVERY ? undefined : state));
  const states = useStates().map(({ value, label }) => ({ value: String(value), label }));
  return (
    <>
      <div className={styles.tabs}>
        <SegmentedControl
          aria-label={t('settings.outbox.filter')}
          value={state}
          onChange={setState}
          data={[{ value: EVERY, label: t('settings.outbox.every') }, ...states]}
        />
      </div>
      <PagedList
        query={query}
        label={t('settings.outbox.title')}
        subject={t('settings.outbox.subject')}
        empty={
          <EmptyState
            icon={<IconMailCheck size={24} />}
            title={t(state === EVERY ? 'settings.outbox.empty' : 'settings.outbox.emptyState')}
          >
            {state === EVERY && t('settings.outbox.emptyText')}
          </EmptyState>
        }
      >
        {(mail) => <MailRow mail={mail} />}
      </PagedList>
    </>
  );
}

function MailRow({ mail }: { mail: Mail }) {
  const { t } = useTranslation();
  const { state, subject, toAddress, tries, createdAt, sentAt, nextTryAt } = mail;
  const option = useStates().find(({ value }) => value === state);
  const details = [
    t('settings.outbox.to', { address: toAddress }),
    sentAt ? t('settings.outbox.sentAt', { when: dateTime(sentAt) }) : ago(createdAt),
    tries > 1 && t('settings.jobs.attempts', { count: tries }),
    nextTryAt && t('settings.outbox.nextTry', { when: ago(nextTryAt) }),
  ];
  return (
    <>
      <RowText
        title={
          <>
            {subject}
            <StatusTag value={state} label={option?.label ?? state} color={option?.color} />
          </>
        }
        detail={
          <>
            {details.filter(Boolean).join(' · ')}
            <Problem problem={mail.problem} />
          </>
        }
      />
      <RowEnd>
        <SendButton mail={mail} />
      </RowEnd>
    </>
  );
}

function Problem({ problem }: Pick<Mail, 'problem'>) {
  const { t } = useTranslation();
  const mayMend = mayChangeCompany(useMe().user);
  const text = mailProblem(t, problem);
  if (!text) return null;
  return (
    <span className={styles.problem}>
      {text}
      {problem === NOT_CONFIGURED && mayMend && (
        <Link to={MAIL}>{t('settings.outbox.configure')}</Link>
      )}
    </span>
  );
}

function SendButton({ mail }: { mail: Mail }) {
  const { t } = useTranslation();
  const may = useCan();
  const client = useQueryClient();
  const { mutate, isPending } = useMutation({
    mutationFn: () => sendMailNow(mail.id),
    onSuccess: async () => {
      toast.done(t('settings.outbox.queued'));
      await client.invalidateQueries({ queryKey: keys.lists('mail') });
    },
    onError: (error) => toast.fail(error),
  });
  const waits = mail.state === 'held' || mail.state === 'refused';
  if (!waits || !may('mail', 'update', mail)) return null;
  return (
    <Button
      size="xs"
      variant="default"
      loading={isPending}
      aria-label={t('settings.outbox.sendOf', { subject: mail.subject })}
      onClick={() => mutate()}
    >
      {t('settings.outbox.send')}
    </Button>
  );
}
