import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/api/errors';
import { useCan } from '@/api/me';
import { ErrorState } from '@/ui/ErrorState';
import { SettingsPage } from '@/ui/Settings/SettingsPage';
import { readIntegrationsSearch } from './addresses';
import { Catalogue } from './Catalogue';
import { IntegrationPage } from './IntegrationPage';

/** What can be connected, or the accounts of one integration. */
export function IntegrationsPage() {
  const { t } = useTranslation();
  const may = useCan();
  const { integration, connection } = readIntegrationsSearch(useSearch({ strict: false }));
  if (!may('connection', 'read')) {
    return (
      <SettingsPage title={t('connections.title')}>
        <ErrorState error={new ApiError({ status: 403 })} subject={t('connections.subject')} />
      </SettingsPage>
    );
  }
  return integration ? <IntegrationPage name={integration} returned={connection} /> : <Catalogue />;
}
