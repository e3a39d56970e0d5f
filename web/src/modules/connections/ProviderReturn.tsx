import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { ErrorState } from '@/ui/ErrorState';
import { SettingsPage } from '@/ui/Settings/SettingsPage';
import { FormSkeleton } from '@/ui/Skeletons';
import { INTEGRATIONS } from './addresses';
import { catalogueKey, comeBack } from './queries';

export interface ProviderReturnProps {
  provider: string;
  state: string;
  code?: string;
  error?: string;
}

/** Where a provider sends people back to: what it brought is good once, so it is sent once. */
export function ProviderReturn({ provider, state, code, error: refused }: ProviderReturnProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { data, error } = useQuery({
    queryKey: ['provider_return', state],
    queryFn: () => comeBack({ state, code, error: refused }),
    staleTime: Infinity,
    gcTime: Infinity,
    retry: false,
  });
  useEffect(() => {
    if (!data) return;
    void client.invalidateQueries({ queryKey: keys.lists('connection') });
    void client.invalidateQueries({ queryKey: catalogueKey });
    void navigate({
      to: INTEGRATIONS,
      search: { integration: provider, connection: data.id },
      replace: true,
    });
  }, [data, client, navigate, provider]);
  return (
    <SettingsPage title={t('connections.returned.title')}>
      {error ? (
        <ErrorState
          error={error}
          subject={t('connections.subject')}
          back={{
            label: t('connections.back'),
            to: INTEGRATIONS,
            search: { integration: provider },
          }}
        />
      ) : (
        <FormSkeleton />
      )}
    </SettingsPage>
  );
}
