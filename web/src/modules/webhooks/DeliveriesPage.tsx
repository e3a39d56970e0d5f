import { SegmentedControl } from '@mantine/core';
import { IconInbox, IconReload } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '@/api/me';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { HeaderButton } from '@/ui/HeaderButton';
import { PagedList } from '@/ui/PagedList';
import styles from '@/ui/Settings/Settings.module.css';
import { SettingsPage } from '@/ui/Settings/SettingsPage';
import { WEBHOOKS, type WebhooksSearch } from './addresses';
import { DeliveryDrawer } from './DeliveryDrawer';
import { DeliveryRow } from './DeliveryRow';
import { DELIVERY_STATES, isDeliveryState, nameOf } from './deliveryState';
import { deliveriesQuery, webhookQuery } from './queries';
import { ReplayDialog } from './ReplayDialog';

interface DeliveriesPageProps extends WebhooksSearch {
  webhook: string;
}

/** What was sent to one address, and what it answered. */
export function DeliveriesPage({ webhook: id, state, delivery }: DeliveriesPageProps) {
  const { t } = useTranslation();
  const may = useCan();
  const navigate = useNavigate();
  const { data: webhook, error, refetch } = useQuery(webhookQuery(id));
  const [replays, setReplays] = useState(false);
  const show = (search: WebhooksSearch) =>
    void navigate({ to: WEBHOOKS, search: { webhook: id, ...search }, replace: true });
  const mayUpdate = may('webhook', 'update');
  const again = webhook && mayUpdate && (
    <HeaderButton
      icon={<IconReload size={16} stroke={1.8} />}
      label={t('webhooks.replay.action')}
      onClick={() => setReplays(true)}
    />
  );
  return (
    <SettingsPage
      title={t('webhooks.deliveries.title')}
      text={webhook && `${nameOf(webhook)} · ${webhook.url}`}
      parent={{ label: t('webhooks.title'), to: WEBHOOKS }}
      action={again}
    >
      {error && !webhook ? (
        <ErrorState
          error={error}
          subject={t('webhooks.subject')}
          onRetry={() => void refetch()}
          back={{ label: t('webhooks.back'), to: WEBHOOKS }}
        />
      ) : (
        <Deliveries
          webhook={id}
          state={state}
          onState={(next) => show({ state: next })}
          onOpen={mayUpdate && ((next) => show({ state, delivery: next }))}
        />
      )}
      {delivery && mayUpdate && <DeliveryDrawer id={delivery} onClose={() => show({ state })} />}
      {webhook && replays && <ReplayDialog webhook={webhook} onClose={() => setReplays(false)} />}
    </SettingsPage>
  );
}

const EVERY = 'every';

interface DeliveriesProps extends Pick<WebhooksSearch, 'state'> {
  webhook: string;
  onState: (state: WebhooksSearch['state']) => void;
  onOpen: false | ((delivery: string) => void);
}

function Deliveries({ webhook, state, onState, onOpen }: DeliveriesProps) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(deliveriesQuery(webhook, state));
  const tabs = [
    { value: EVERY, label: t('webhooks.filter.every') },
    ...DELIVERY_STATES.map((value) => ({ value, label: t(`webhooks.state.${value}`) })),
  ];
  return (
    <>
      <div className={styles.tabs}>
        <SegmentedControl
          aria-label={t('webhooks.filter.label')}
          value={state ?? EVERY}
          onChange={(value) => onState(isDeliveryState(value) ? value : undefined)}
          data={tabs}
        />
      </div>
      <PagedList
        query={query}
        label={t('webhooks.deliveries.title')}
        subject={t('webhooks.deliveries.subject')}
        empty={
          <EmptyState
            icon={<IconInbox size={24} />}
            title={t(`webhooks.deliveries.empty.${state ?? EVERY}`)}
          >
            {!state && t('webhooks.deliveries.emptyText')}
          </EmptyState>
        }
      >
        {(row) => <DeliveryRow delivery={row} onOpen={onOpen && (() => onOpen(row.id))} />}
      </PagedList>
    </>
  );
}
