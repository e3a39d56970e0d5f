import { Button } from '@mantine/core';
import { IconDeviceDesktop } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addBrowser, browsersQuery, removeBrowser } from '@/api/notifications';
import type { Schema } from '@/api/types';
import { ago } from '@/lib/format';
import { canPush, permission, subscribe, unsubscribe } from '@/lib/push';
import { deviceOf } from '@/lib/device';
import { ErrorState } from '@/ui/ErrorState';
import list from '@/ui/PagedList.module.css';
import { RowEnd, RowText } from '@/ui/PagedList';
import styles from '@/ui/Settings/Settings.module.css';
import { Section } from '@/ui/Settings/SettingsPage';
import { toast } from '@/ui/toast';

type Browser = Schema<'PushSubscription'>;

/** Where one is told also while no page is open: this browser and the others. */
export function Browsers() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(browsersQuery);
  return (
    <Section title={t('notifications.browsers.title')} text={t('notifications.browsers.text')}>
      {error && !data && (
        <ErrorState
          error={error}
          subject={t('notifications.browsers.subject')}
          onRetry={() => void refetch()}
        />
      )}
      {data && data.data.length > 0 && (
        <ul className={list.card} aria-label={t('notifications.browsers.title')}>
          {data.data.map((browser) => (
            <BrowserRow key={browser.id} browser={browser} />
          ))}
        </ul>
      )}
      {data && !data.data.some(({ current }) => current) && (
        <ThisBrowser publicKey={data.publicKey} />
      )}
    </Section>
  );
}

function useBusy(what: () => Promise<string | null>): { busy: boolean; run: () => void } {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    try {
      const said = await what();
      if (said) toast.done(said);
      await client.invalidateQueries({ queryKey: browsersQuery.queryKey });
    } catch (error) {
      toast.fail(error);
    } finally {
      setBusy(false);
    }
  };
  return { busy, run: () => void run() };
}

function ThisBrowser({ publicKey }: { publicKey: string }) {
  const { t } = useTranslation();
  const [isRefused, setRefused] = useState(permission() === 'denied');
  const { busy, run } = useBusy(async () => {
    const keys = await subscribe(publicKey);
    setRefused(keys === null);
    if (!keys) return null;
    await addBrowser(keys);
    return t('notifications.browsers.on');
  });
  if (!canPush()) return <p className={styles.note}>{t('notifications.browsers.cannot')}</p>;
  return (
    <>
      {isRefused && <p className={styles.note}>{t('notifications.browsers.refused')}</p>}
      <div className={styles.buttons}>
        <Button variant="default" loading={busy} onClick={run}>
          {t('notifications.browsers.add')}
        </Button>
      </div>
    </>
  );
}

function BrowserRow({ browser }: { browser: Browser }) {
  const { t } = useTranslation();
  const { browser: program, system } = deviceOf(browser.agent);
  const name = [program, system].filter(Boolean).join(' · ') || t('notifications.browsers.one');
  const { busy, run } = useBusy(async () => {
    if (browser.current) await unsubscribe();
    await removeBrowser(browser.id);
    return t('notifications.browsers.off', { name });
  });
  const since = t('notifications.browsers.since', { when: ago(browser.createdAt) });
  return (
    <li className={list.row}>
      <IconDeviceDesktop size={18} stroke={1.7} aria-hidden />
      <RowText
        title={name}
        detail={browser.current ? `${t('notifications.browsers.this')} · ${since}` : since}
      />
      <RowEnd>
        <Button
          size="xs"
          variant="default"
          loading={busy}
          aria-label={t('notifications.browsers.removeOf', { name })}
          onClick={run}
        >
          {t('notifications.browsers.remove')}
        </Button>
      </RowEnd>
    </li>
  );
}
