import { IconPlugConnected } from '@tabler/icons-react';
import { keys } from '@/api/keys';
import { can } from '@/lib/permissions';
import { soon } from '@/lib/soon';
import type { WebModule } from '@/ui/screens';
import { INTEGRATIONS } from './addresses';

/** Accounts at other systems, and the catalogue of what can be connected. */
export const connections: WebModule = {
  entities: [
    {
      entity: 'connection',
      icon: IconPlugConnected,
      opens: () => ({ to: INTEGRATIONS }),
      refreshes: () => [keys.all('integration')],
    },
  ],
  settings: [
    {
      address: INTEGRATIONS,
      label: 'connections.title',
      group: 'integrations',
      icon: IconPlugConnected,
      isFor: (user) => can(user, 'connection', 'read'),
      page: soon(async () => (await import('./IntegrationsPage')).IntegrationsPage),
    },
  ],
};
