import { Button } from '@mantine/core';
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '@/api/types';
import { ago } from '@/lib/format';
import { ErrorState } from '@/ui/ErrorState';
import list from '@/ui/PagedList.module.css';
import { RowEnd, RowText } from '@/ui/PagedList';
import { Section } from '@/ui/Settings/SettingsPage';
import { RowSkeletons } from '@/ui/Skeletons';
import { Tag } from '@/ui/Tag';
import { toast } from '@/ui/toast';
import { deviceOf } from '@/lib/device';
import { endSession, sessionsQuery } from './queries';

/** Where one is signed in, and a way to end it from here. */
export function SessionsSection() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(sessionsQuery);
  return (
    <Section title={t('settings.sessions.title')} text={t('settings.sessions.text')}>
      {error && !data && (
        <ErrorState
          error={error}
          subject={t('settings.sessions.subject')}
          onRetry={() => void refetch()}
        />
      )}
      {!data && !error && <RowSkeletons rows={2} avatar={false} />}
      {data && (
        <ul className={list.card} aria-label={t('settings.sessions.title')}>
          {data.data.map((session) => (
            <li key={session.id} className={list.row}>
              <SessionRow session={session} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function SessionRow({ session }: { session: Schema<'SignedIn'> }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const { browser, system, phone } = deviceOf(session.userAgent);
  const Picture = phone ? IconDeviceMobile : IconDeviceDesktop;
  const name = [browser ?? t('settings.sessions.program'), system].filter(Boolean).join(' · ');
  const end = async () => {
    setBusy(true);
    try {
      await endSession(session.id);
      await client.invalidateQueries({ queryKey: sessionsQuery.queryKey });
      toast.done(t('settings.sessions.ended'));
    } catch (failure) {
      toast.fail(failure);
      setBusy(false);
    }
  };
  return (
    <>
      <Picture size={18} stroke={1.7} aria-hidden />
      <RowText
        title={
          <>
            {name}
            {session.current && <Tag hue="green">{t('settings.sessions.current')}</Tag>}
          </>
        }
        detail={`${t('settings.sessions.seen', { when: ago(session.lastSeenAt) })} · ${session.remoteAddress}`}
      />
      {!session.current && (
        <RowEnd>
          <Button
            size="xs"
            variant="default"
            loading={busy}
            aria-label={t('settings.sessions.endOf', { name })}
            onClick={() => void end()}
          >
            {t('settings.sessions.end')}
          </Button>
        </RowEnd>
      )}
    </>
  );
}
