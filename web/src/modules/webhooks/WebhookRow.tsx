import { Switch } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { useCan } from '@/api/me';
import { RowEnd, RowText } from '@/ui/PagedList';
import { Tag } from '@/ui/Tag';
import { toast } from '@/ui/toast';
import { deliveriesOf } from './addresses';
import { healthOf, HUE_OF_HEALTH, nameOf, type Webhook } from './deliveryState';
import { patternsOf } from './patterns';
import { latelyQuery, webhooks } from './queries';
import { useEventWords } from './useEventWords';
import { WebhookMenu, type WebhookMenuProps } from './WebhookMenu';
import styles from './Webhooks.module.css';

const SHOWN = 4;

export function WebhookRow(props: WebhookMenuProps) {
  const { webhook } = props;
  const { t } = useTranslation();
  const may = useCan();
  const name = nameOf(webhook);
  const why = webhook.pausedFor && t(`webhooks.paused.${webhook.pausedFor}`);
  return (
    <>
      <RowText
        title={
          <>
            <Link {...deliveriesOf(webhook.id)}>{name}</Link>
            <HealthTag webhook={webhook} />
          </>
        }
        detail={
          <>
            <span className={styles.url}>{webhook.url}</span>
            <Events patterns={patternsOf(webhook.events)} />
            {why && <span className={styles.why}>{why}</span>}
          </>
        }
      />
      {may('webhook', 'update') && (
        <RowEnd>
          <ActiveSwitch webhook={webhook} />
        </RowEnd>
      )}
      <WebhookMenu {...props} />
    </>
  );
}

function HealthTag({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation();
  const { data } = useQuery({ ...latelyQuery(webhook.id), enabled: webhook.active });
  if (webhook.active && !data) return null;
  const health = healthOf(webhook, data?.data ?? []);
  return (
    <Tag dot hue={HUE_OF_HEALTH[health]}>
      {t(`webhooks.health.${health}`)}
    </Tag>
  );
}

function Events({ patterns }: { patterns: string[] }) {
  const wordsOf = useEventWords();
  const more = patterns.slice(SHOWN);
  return (
    <span className={styles.events}>
      {patterns.slice(0, SHOWN).map((pattern) => (
        <Tag key={pattern}>{wordsOf(pattern)}</Tag>
      ))}
      {more.length > 0 && (
        <span title={more.map(wordsOf).join('\n')}>
          <Tag>{`+${more.length}`}</Tag>
        </span>
      )}
    </span>
  );
}

function ActiveSwitch({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [wanted, setWanted] = useState<boolean | null>(null);
  const set = async (active: boolean) => {
    setWanted(active);
    try {
      await webhooks.update(webhook.id, { active });
      await client.invalidateQueries({ queryKey: keys.lists('webhook') });
    } catch (error) {
      toast.fail(error);
    } finally {
      setWanted(null);
    }
  };
  return (
    <Switch
      aria-label={t('webhooks.activeOf', { name: nameOf(webhook) })}
      checked={wanted ?? webhook.active}
      disabled={wanted !== null}
      onChange={(event) => void set(event.currentTarget.checked)}
    />
  );
}
