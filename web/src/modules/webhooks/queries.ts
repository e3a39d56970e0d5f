import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '@/api/client';
import { entityApi } from '@/api/entities';
import { keys } from '@/api/keys';
import type { Pagination, Schema } from '@/api/types';
import type { Delivery, DeliveryState } from './deliveryState';

const PER_PAGE = 50;
const LATELY = 10;
// Nobody tells of deliveries: while one waits, it is asked for.
const ASK_AGAIN_MS = 3000;
const DELIVERY = 'webhook_delivery';

const byId = (id: string) => ({ params: { path: { id } } });
const anyWaits = (rows: Delivery[] = []) => rows.some(({ state }) => state === 'waiting');

export const webhooks = entityApi<'Webhook'>({ name: 'webhook', plural: 'webhooks' });
export const webhooksQuery = webhooks.pages({ sortBy: 'createdAt', sortOrder: 'asc' });

/** One of them, also when its list was never asked for. */
export const webhookQuery = (id: string) =>
  queryOptions({ queryKey: keys.detail('webhook', id), queryFn: () => webhooks.get(id) });

/** Its answer says the secret, which nobody is told again. */
export const createWebhook = (body: Schema<'WebhookInput'>) =>
  unwrap(api.POST('/api/v1/webhooks', { body }));
export const rotateSecret = (id: string) =>
  unwrap(api.POST('/api/v1/webhooks/{id}/rotate', byId(id)));
export const sendTest = (id: string) => unwrap(api.POST('/api/v1/webhooks/{id}/test', byId(id)));

export const eventsQuery = queryOptions({
  queryKey: ['webhook_event'] as const,
  queryFn: () => unwrap(api.GET('/api/v1/webhooks/events')),
  staleTime: 5 * 60_000,
});

const listDeliveries = (
  id: string,
  query: { state?: DeliveryState; page?: number; limit: number },
) => unwrap(api.GET('/api/v1/webhooks/{id}/deliveries', { params: { path: { id }, query } }));

const following = ({ page = 1, totalPages = 1 }: Pagination) =>
  page < totalPages ? page + 1 : undefined;

export const deliveriesQuery = (webhook: string, state?: DeliveryState) =>
  infiniteQueryOptions({
    queryKey: keys.list(DELIVERY, { webhook, state }),
    queryFn: ({ pageParam }) =>
      listDeliveries(webhook, { state, page: pageParam, limit: PER_PAGE }),
    initialPageParam: 1,
    getNextPageParam: ({ pagination }) => following(pagination),
    staleTime: 0,
    refetchInterval: ({ state: { data } }) =>
      anyWaits(data?.pages.flatMap((page) => page.data)) && ASK_AGAIN_MS,
  });

/** The last few: whether an address answers is seen by them. */
export const latelyQuery = (webhook: string) =>
  queryOptions({
    queryKey: keys.list(DELIVERY, { webhook, lately: true }),
    queryFn: () => listDeliveries(webhook, { limit: LATELY }),
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => anyWaits(data?.data) && ASK_AGAIN_MS,
  });

export const deliveryQuery = (id: string) =>
  queryOptions({
    queryKey: keys.detail(DELIVERY, id),
    queryFn: () => unwrap(api.GET('/api/v1/webhooks/deliveries/{id}', byId(id))),
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => data?.state === 'waiting' && 1000,
  });
export const replayDelivery = (id: string) =>
  unwrap(api.POST('/api/v1/webhooks/deliveries/{id}/replay', byId(id)));
export const replaySpan = (id: string, body: Schema<'ReplayWebhookInput'>) =>
  unwrap(api.POST('/api/v1/webhooks/{id}/replay', { ...byId(id), body }));

export const allDeliveries = keys.all(DELIVERY);
