import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '@/api/client';
import { NOTIFICATIONS } from '@/api/notifications';
import type { Schema } from '@/api/types';

export type Notification = Schema<'Notification'>;
export type Choice = Schema<'NotificationChoice'>;

const LIMIT = 50;

export const inboxQuery = (unread: boolean) =>
  infiniteQueryOptions({
    queryKey: [...NOTIFICATIONS, 'list', unread] as const,
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET('/api/v1/notifications', {
          params: { query: { ...(unread && { unread }), page: pageParam, limit: LIMIT } },
        }),
      ),
    initialPageParam: 1,
    getNextPageParam: ({ pagination: { page = 1, totalPages = 1 } }) =>
      page < totalPages ? page + 1 : undefined,
  });

/** What came after this moment stays unread: the reader has not seen it. */
export const readAll = (until: string) =>
  unwrap(api.POST('/api/v1/notifications/read', { body: { until } }));
export const readOne = (id: string) =>
  unwrap(api.POST('/api/v1/notifications/{id}/read', { params: { path: { id } } }));

export const choicesQuery = queryOptions({
  queryKey: [...NOTIFICATIONS, 'choices'] as const,
  queryFn: async () => (await unwrap(api.GET('/api/v1/notifications/choices'))).data,
});
export const choose = (kind: string, body: Partial<Pick<Choice, 'shown' | 'mailed' | 'pushed'>>) =>
  unwrap(api.PATCH('/api/v1/notifications/choices', { body: { kind, ...body } }));
