import { Button } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import type { Listener } from '@/api/types';
import { ago } from '@/lib/format';
import { EmptyState } from '@/ui/EmptyState';
import { PagedList, RowEnd, RowText } from '@/ui/PagedList';
import { StatusTag } from '@/ui/StatusTag';
import { toast } from '@/ui/toast';
import { listenersQuery, resumeListener, skipEvent } from './queries';

/** What reacts to each event by itself, and how to let it go on where it stopped. */
export function Reactions() {
  const { t } = useTranslation();
  const query = useInfiniteQuery(listenersQuery);
  return (
    <PagedList
      query={query}
      label={t('settings.reactions.title')}
      subject={t('settings.reactions.subject')}
      empty={
        <EmptyState icon={<IconCircleCheck size={24} />} title={t('settings.reactions.empty')} />
      }
    >
      {(listener) => <Reaction listener={listener} />}
    </PagedList>
  );
}

function Reaction({ listener }: { listener: Listener }) {
  const { t } = useTranslation();
  const { state, failedEvent, waitingSince } = listener;
  const waiting = waitingSince && t('settings.reactions.waiting', { when: ago(waitingSince) });
  const detail = [failedEvent?.name, listener.error, waiting].filter(Boolean).join(' · ');
  return (
    <>
      <RowText title={listener.name} detail={detail} />
      <RowEnd>
        <StatusTag
          value={state === 'stopped' ? 'failed' : state}
          label={t(`settings.reactions.state.${state}`)}
        />
        {state === 'stopped' && <WaysOn listener={listener} />}
      </RowEnd>
    </>
  );
}

function WaysOn({ listener: { id, name } }: { listener: Listener }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const goOn = async (by: (id: string) => Promise<unknown>) => {
    setBusy(true);
    try {
      await by(id);
      toast.done(t('ui.resumed'));
      await client.invalidateQueries({ queryKey: keys.all('listener') });
    } catch (error) {
      toast.fail(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button
        size="xs"
        variant="default"
        loading={busy}
        aria-label={t('settings.resumeOf', { name })}
        onClick={() => void goOn(resumeListener)}
      >
        {t('ui.resume')}
      </Button>
      <Button
        size="xs"
        variant="subtle"
        disabled={busy}
        aria-label={t('settings.reactions.skipOf', { name })}
        onClick={() => void goOn(skipEvent)}
      >
        {t('settings.reactions.skip')}
      </Button>
    </>
  );
}
