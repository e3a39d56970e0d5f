import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useCan } from '@/api/me';
import { CopyField } from '@/ui/CopyField';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { HeaderButton } from '@/ui/HeaderButton';
import { Section, SettingsPage } from '@/ui/Settings/SettingsPage';
import { FormSkeleton } from '@/ui/Skeletons';
import { INTEGRATIONS } from './addresses';
import { ConnectionSection } from './ConnectionSection';
import { IntegrationIcon } from './IntegrationIcon';
import { catalogueQuery, connectionsQuery, type Card } from './queries';
import { Returned } from './Returned';
import { isSettled } from './states';
import { useConnect } from './useConnect';

interface IntegrationPageProps {
  name: string;
  /** The connection that somebody has just come back from its provider for. */
  returned?: string;
}

// What the provider says arrives a moment later; the socket may be away.
const ASK_AGAIN_MS = 1500;

/** The accounts of one integration: connecting, testing, giving back. */
export function IntegrationPage({ name, returned }: IntegrationPageProps) {
  const { t } = useTranslation();
  const catalogue = useQuery(catalogueQuery);
  const card = catalogue.data?.data.find((one) => one.name === name);
  const parent = { label: t('connections.title'), to: INTEGRATIONS };
  if (card?.canConnect) return <Accounts card={card} parent={parent} returned={returned} />;
  return (
    <SettingsPage title={card?.label ?? t('connections.title')} parent={parent}>
      {catalogue.isPending ? (
        <FormSkeleton />
      ) : (
        <ErrorState
          error={catalogue.error}
          subject={t('connections.subject')}
          onRetry={() => void catalogue.refetch()}
          back={{ label: t('connections.back'), to: INTEGRATIONS }}
        />
      )}
    </SettingsPage>
  );
}

interface AccountsProps {
  card: Card;
  parent: { label: string; to: string };
  returned?: string;
}

function Accounts({ card, parent, returned }: AccountsProps) {
  const { t } = useTranslation();
  const may = useCan();
  const { data, error, refetch } = useQuery({
    ...connectionsQuery,
    refetchInterval: ({ state }) =>
      state.data?.data.some((one) => one.state === 'connected' && !isSettled(one)) ||
      state.data?.data.some((one) => one.id === returned && !isSettled(one))
        ? ASK_AGAIN_MS
        : false,
  });
  const { busy, connectNew } = useConnect();
  const mine = data?.data.filter(({ integration }) => integration === card.name);
  const mayCreate = may('connection', 'create') && (card.hasSeveral || mine?.length === 0);
  const connect = () => void connectNew(card.name);
  return (
    <SettingsPage
      title={card.label}
      text={card.text}
      parent={parent}
      action={
        mayCreate &&
        mine &&
        mine.length > 0 && (
          <HeaderButton
            icon={<IconPlus size={16} stroke={2} />}
            label={t('connections.another')}
            onClick={connect}
          />
        )
      }
    >
      {returned && <Returned connection={mine?.find(({ id }) => id === returned)} />}
      {mine?.map((connection) => (
        <ConnectionSection key={connection.id} card={card} connection={connection} />
      ))}
      {mine?.length === 0 && (
        <EmptyState
          icon={<IntegrationIcon name={card.name} size={24} />}
          title={t('connections.empty', { name: card.label })}
          action={
            mayCreate && (
              <Button loading={busy} onClick={connect}>
                {t('connections.verb.connect')}
              </Button>
            )
          }
        >
          {t('connections.emptyText')}
        </EmptyState>
      )}
      {error && !data && (
        <ErrorState
          error={error}
          subject={t('connections.subject')}
          onRetry={() => void refetch()}
        />
      )}
      {!data && !error && <FormSkeleton />}
      {mayCreate && !card.isInstalled && card.callbackUrl && (
        <Section title={t('connections.app.title')} text={t('connections.app.text')}>
          <CopyField
            label={t('connections.app.callback')}
            value={card.callbackUrl}
            action={t('ui.copy')}
          />
        </Section>
      )}
    </SettingsPage>
  );
}
