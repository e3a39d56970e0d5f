import { Button } from '@mantine/core';
import { IconPlus, IconWebhook } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/api/errors';
import { useCan } from '@/api/me';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { HeaderButton } from '@/ui/HeaderButton';
import { PagedList } from '@/ui/PagedList';
import { liveRow } from '@/ui/Settings/liveRow';
import { SettingsPage } from '@/ui/Settings/SettingsPage';
import { readWebhooksSearch } from './addresses';
import { DeliveriesPage } from './DeliveriesPage';
import type { Webhook } from './deliveryState';
import { webhooksQuery } from './queries';
import { RotateDialog } from './RotateDialog';
import { SecretDialog } from './SecretDialog';
import { TestDialog } from './TestDialog';
import { WebhookDialog } from './WebhookDialog';
import { WebhookRow } from './WebhookRow';

export function WebhooksPage() {
  const { t } = useTranslation();
  const may = useCan();
  const { webhook, state, delivery } = readWebhooksSearch(useSearch({ strict: false }));
  if (!may('webhook', 'read')) {
    return (
      <SettingsPage title={t('webhooks.title')}>
        <ErrorState error={new ApiError({ status: 403 })} subject={t('webhooks.subject')} />
      </SettingsPage>
    );
  }
  return webhook ? (
    <DeliveriesPage webhook={webhook} state={state} delivery={delivery} />
  ) : (
    <WebhookList />
  );
}

/** What is open over the list. */
type Open =
  | { what: 'new' }
  | { what: 'edit' | 'rotate'; webhook: Webhook }
  | { what: 'test'; webhook: Webhook; delivery: string }
  | { what: 'secret'; secret: string };

function WebhookList() {
  const { t } = useTranslation();
  const may = useCan();
  const query = useInfiniteQuery(webhooksQuery);
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const mayCreate = may('webhook', 'create');
  const create = () => setOpen({ what: 'new' });
  const add = mayCreate && (
    <HeaderButton
      primary
      icon={<IconPlus size={16} stroke={2} />}
      label={t('webhooks.new')}
      onClick={create}
    />
  );
  return (
    <SettingsPage title={t('webhooks.title')} text={t('webhooks.intro')} action={add}>
      <PagedList
        query={query}
        label={t('webhooks.title')}
        subject={t('webhooks.subject')}
        empty={
          <EmptyState
            icon={<IconWebhook size={24} />}
            title={t('webhooks.empty')}
            action={
              mayCreate && (
                <Button variant="default" onClick={create}>
                  {t('webhooks.emptyAction')}
                </Button>
              )
            }
          >
            {t('webhooks.emptyText')}
          </EmptyState>
        }
      >
        {(webhook) => (
          <WebhookRow
            webhook={webhook}
            onEdit={() => setOpen({ what: 'edit', webhook })}
            onRotate={() => setOpen({ what: 'rotate', webhook })}
            onTested={(delivery) => setOpen({ what: 'test', webhook, delivery })}
          />
        )}
      </PagedList>
      {open?.what === 'new' && (
        <WebhookDialog onSecret={(secret) => setOpen({ what: 'secret', secret })} onClose={close} />
      )}
      {open?.what === 'edit' && (
        <WebhookDialog webhook={liveRow(query, open.webhook)} onClose={close} />
      )}
      {open?.what === 'rotate' && <RotateDialog webhook={open.webhook} onClose={close} />}
      {open?.what === 'secret' && <SecretDialog secret={open.secret} onClose={close} />}
      {open?.what === 'test' && (
        <TestDialog webhook={open.webhook} delivery={open.delivery} onClose={close} />
      )}
    </SettingsPage>
  );
}
