import { queryOptions } from '@tanstack/react-query';
import type { BrowserKeys } from '@/lib/push';
import { api, unwrap } from './client';

/** Everything that is asked of them stands below this: the server tells when it is stale. */
export const NOTIFICATIONS = ['notification'] as const;

/** How many wait to be read; the count ends at a thousand. */
export const unreadQuery = queryOptions({
  queryKey: [...NOTIFICATIONS, 'unread'] as const,
  queryFn: async () => (await unwrap(api.GET('/api/v1/notifications/unread'))).unread,
});

/** The browsers in which one is told. */
export const browsersQuery = queryOptions({
  queryKey: [...NOTIFICATIONS, 'browsers'] as const,
  queryFn: () => unwrap(api.GET('/api/v1/notifications/push')),
});
export const addBrowser = (body: BrowserKeys) =>
  unwrap(api.POST('/api/v1/notifications/push', { body }));
export const removeBrowser = (id: string) =>
  unwrap(api.DELETE('/api/v1/notifications/push/{id}', { params: { path: { id } } }));
