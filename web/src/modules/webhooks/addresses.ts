import type { Target } from '@/lib/addresses';
import { isDeliveryState, type DeliveryState } from './deliveryState';

export const WEBHOOKS: string = '/config/webhooks';

/** What the address says: whose deliveries are shown, of which state, and the one that is open. */
export interface WebhooksSearch {
  webhook?: string;
  state?: DeliveryState;
  delivery?: string;
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

export const readWebhooksSearch = (search: object): WebhooksSearch => {
  const { webhook, state, delivery }: Record<string, unknown> = { ...search };
  return {
    webhook: text(webhook),
    state: isDeliveryState(state) ? state : undefined,
    delivery: text(delivery),
  };
};

export const deliveriesOf = (webhook: string): Target => ({ to: WEBHOOKS, search: { webhook } });
