import { IconPlugConnected, IconWebhookOff } from '@tabler/icons-react';
import { queryOptions } from '@tanstack/react-query';
import { totalIn, totalQuery } from '@/api/figures';
import { keys } from '@/api/keys';
import { can } from '@/lib/permissions';
import type { HomeParts } from '@/ui/Home/parts';
import { WEBHOOKS } from './addresses';
import { webhooks } from './queries';

const API_KEYS = { name: 'api_key', plural: 'api_keys' };

/** Another program is told of something here, or may ask: either will do. */
const connectionsQuery = queryOptions({
  queryKey: keys.list('webhook', { connections: true }),
  // Nobody tells of keys here.
  staleTime: 0,
  queryFn: async ({ client }) => {
    const ways = await Promise.all([
      client.fetchQuery(totalQuery(webhooks.kind)),
      client.fetchQuery(totalQuery(API_KEYS)),
    ]);
    return { count: ways.reduce((sum, way) => sum + totalIn(way), 0) };
  },
});

export const home: HomeParts = {
  waits: [
    {
      ...{ key: 'webhooks', icon: IconWebhookOff, hue: 'red' },
      isFor: (user) => user.role === 'admin' && can(user, 'webhook', 'read'),
      label: 'webhooks.home.paused',
      asked: () => ({
        ...totalQuery(webhooks.kind, { field: 'pausedFor', op: 'not_empty' }),
        select: (page) => ({ count: totalIn(page), to: { to: WEBHOOKS } }),
      }),
    },
  ],
  steps: [
    {
      ...{ key: 'connect', order: 6, icon: IconPlugConnected, to: WEBHOOKS },
      isFor: (user) =>
        user.role === 'admin' && can(user, 'webhook', 'read') && can(user, 'api_key', 'read'),
      label: 'webhooks.home.connect',
      text: 'webhooks.home.connectText',
      asked: () => ({ ...connectionsQuery, select: ({ count }) => count > 0 }),
    },
  ],
};
