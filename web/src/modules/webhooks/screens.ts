import { IconWebhook } from '@tabler/icons-react';
import { can } from '@/lib/permissions';
import { soon } from '@/lib/soon';
import type { WebModule } from '@/ui/screens';
import { deliveriesOf, WEBHOOKS } from './addresses';

/** Where other programs are told what happens here. */
export const webhooks: WebModule = {
  entities: [{ entity: 'webhook', icon: IconWebhook, opens: ({ id }) => deliveriesOf(id) }],
  home: async () => (await import('./home')).home,
  settings: [
    {
      address: WEBHOOKS,
      label: 'webhooks.title',
      group: 'integrations',
      icon: IconWebhook,
      isFor: (user) => can(user, 'webhook', 'read'),
      page: soon(async () => (await import('./WebhooksPage')).WebhooksPage),
    },
  ],
};
