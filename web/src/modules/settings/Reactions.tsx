import { Button } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import type { Listener } from '@/api/types';
import { ago } from '@/lib/format';
import { EmptyState } from '@/ui/EmptyState';
import { PagedList, RowEnd, RowText } from '@/ui/PagedList';
import { StatusTag } from '@/ui/StatusTag';
import { useGoingOn } from './Progress';
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
  const { busy, goOn } = useGoingOn();
  const by = (act: (id: string) => Promise<unknown>) =>
    goOn(async () => {
      await act(id);
      await client.invalidateQueries({ queryKey: keys.all('listener') });
    });
  return (
    <>
      <Button
        size="xs"
        variant="default"
        loading={busy}
        aria-label={t('settings.resumeOf', { name })}
        onClick={() => void by(resumeListener)}
      >
        {t('ui.resume')}
      </Button>
      <Button
        size="xs"
        variant="subtle"
        disabled={busy}
        aria-label={t('settings.reactions.skipOf', { name })}
        onClick={() => void by(skipEvent)}
      >
        {t('settings.reactions.skip')}
      </Button>
    </>
  );
}
