import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from './client';

/** Everything that is asked of them stands below this: the server tells when it is stale. */
export const NOTIFICATIONS = ['notification'] as const;

/** How many wait to be read; the count ends at a thousand. */
export const unreadQuery = queryOptions({
  queryKey: [...NOTIFICATIONS, 'unread'] as const,
  queryFn: async () => (await unwrap(api.GET('/api/v1/notifications/unread'))).unread,
});
