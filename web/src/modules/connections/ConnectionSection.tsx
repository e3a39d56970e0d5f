import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { useCan } from '@/api/me';
import { ago, dateTime } from '@/lib/format';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { Section } from '@/ui/Settings/SettingsPage';
import { Tag } from '@/ui/Tag';
import { toast } from '@/ui/toast';
import { ConnectionCalls } from './ConnectionCalls';
import { ConnectionDialog } from './ConnectionDialog';
import styles from './Connections.module.css';
import { catalogueKey, check, disconnect, remove, type Card, type Connection } from './queries';
import { HUE_OF_CONNECTION, isSettled, problemText } from './states';
import { useConnect } from './useConnect';

interface ConnectionSectionProps {
  card: Card;
  connection: Connection;
}

/** One account: whose, how it is, and what can be done with it. */
export function ConnectionSection({ card, connection }: ConnectionSectionProps) {
  const { t } = useTranslation();
  const may = useCan();
  const { name, state, account, problem, problemAt } = connection;
  const isChecking = state === 'connected' && !isSettled(connection);
  return (
    <Section title={name}>
      <div className={styles.line}>
        <Tag dot hue={HUE_OF_CONNECTION[state]}>
          {t(`connections.connectionState.${state}`)}
        </Tag>
        {account && <span>{account}</span>}
        <span className={styles.quiet} aria-live="polite">
          {isChecking ? t('connections.checking') : <Checked connection={connection} />}
        </span>
      </div>
      {problem && (
        <p className={styles.problem}>
          {problemText(t, problem)}
          {problemAt && (
            <time className={styles.quiet} dateTime={problemAt} title={dateTime(problemAt)}>
              {' '}
              {ago(problemAt)}
            </time>
          )}
        </p>
      )}
      {may('connection', 'update') && <Verbs card={card} connection={connection} />}
      {state !== 'unfinished' && <Calls connection={connection.id} />}
    </Section>
  );
}

function Calls({ connection }: { connection: string }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        size="compact-xs"
        variant="subtle"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {t(isOpen ? 'connections.calls.hide' : 'connections.calls.show')}
      </Button>
      {isOpen && <ConnectionCalls connection={connection} />}
    </>
  );
}

function Checked({ connection: { checkedAt, okAt, state } }: { connection: Connection }) {
  const { t } = useTranslation();
  if (state === 'unfinished' || state === 'disconnected' || !checkedAt) return null;
  return checkedAt === okAt
    ? t('connections.worked', { when: ago(checkedAt) })
    : t('connections.checked', { when: ago(checkedAt) });
}

function Verbs({ card, connection }: ConnectionSectionProps) {
  const { t } = useTranslation();
  const may = useCan();
  const client = useQueryClient();
  const { busy, connect } = useConnect();
  const [open, setOpen] = useState<'settings' | 'disconnect' | 'delete' | null>(null);
  const { id, name, state } = connection;
  const isConnected = state === 'connected' || state === 'needs_attention';
  const close = () => setOpen(null);
  const after = async (done: Promise<unknown>) => {
    await done;
    await client.invalidateQueries({ queryKey: keys.lists('connection') });
    await client.invalidateQueries({ queryKey: catalogueKey });
  };
  const test = () => void after(check(id)).catch((error: unknown) => toast.fail(error));
  const connectVerb = isConnected ? 'reconnect' : 'connect';
  return (
    <div className={styles.verbs}>
      <Button
        size="xs"
        variant={state === 'connected' ? 'default' : 'filled'}
        loading={busy}
        onClick={() => void connect(id)}
      >
        {t(`connections.verb.${connectVerb}`)}
      </Button>
      {isConnected && (
        <Button size="xs" variant="default" onClick={test}>
          {t('connections.verb.test')}
        </Button>
      )}
      {card.fields.length > 0 && (
        <Button size="xs" variant="default" onClick={() => setOpen('settings')}>
          {t('connections.verb.setUp')}
        </Button>
      )}
      {isConnected && (
        <Button size="xs" variant="subtle" color="red" onClick={() => setOpen('disconnect')}>
          {t('connections.verb.disconnect')}
        </Button>
      )}
      {!isConnected && may('connection', 'delete') && (
        <Button size="xs" variant="subtle" color="red" onClick={() => setOpen('delete')}>
          {t('ui.delete')}
        </Button>
      )}
      {open === 'settings' && (
        <ConnectionDialog card={card} connection={connection} onClose={close} />
      )}
      <ConfirmDialog
        opened={open === 'disconnect'}
        title={t('connections.disconnect.title', { name })}
        text={t('connections.disconnect.text')}
        action={t('connections.verb.disconnect')}
        onConfirm={() => after(disconnect(id))}
        onClose={close}
      />
      <ConfirmDialog
        opened={open === 'delete'}
        title={t('connections.delete.title', { name })}
        text={t('connections.delete.text')}
        action={t('ui.delete')}
        onConfirm={() => after(remove(id))}
        onClose={close}
      />
    </div>
  );
}
