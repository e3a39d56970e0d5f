import type { Schema } from '@/api/types';
import type { Hue } from '@/lib/hues';

export type Delivery = Schema<'WebhookDelivery'>;
export type DeliveryState = Delivery['state'];
export type Webhook = Schema<'Webhook'>;

export const DELIVERY_STATES: DeliveryState[] = ['waiting', 'delivered', 'dead'];

export const isDeliveryState = (value: unknown): value is DeliveryState =>
  DELIVERY_STATES.some((state) => state === value);

/** How a delivery is called: what was tried in vain, and will be again, is not merely queued. */
export type DeliveryWord = DeliveryState | 'retrying';

export const wordOf = ({ state, tries }: Pick<Delivery, 'state' | 'tries'>): DeliveryWord =>
  state === 'waiting' && tries > 0 ? 'retrying' : state;

export const HUE_OF: Record<DeliveryWord, Hue> = {
  waiting: 'blue',
  retrying: 'amber',
  delivered: 'green',
  dead: 'red',
};

export type Health = 'off' | 'failing' | 'gone' | 'stuck' | 'ok' | 'unused';

/** What becomes of what is sent to an address: of its last deliveries, the newest first. */
export function healthOf(
  { active, pausedFor }: Pick<Webhook, 'active' | 'pausedFor'>,
  last: Pick<Delivery, 'state' | 'tries'>[],
): Health {
  if (!active) return pausedFor ?? 'off';
  const tried = last.find(({ state, tries }) => tries > 0 || state !== 'waiting');
  if (!tried) return 'unused';
  return tried.state === 'delivered' ? 'ok' : 'stuck';
}

export const HUE_OF_HEALTH: Record<Health, Hue> = {
  off: 'gray',
  unused: 'gray',
  ok: 'green',
  stuck: 'amber',
  failing: 'red',
  gone: 'red',
};

/** What nobody gave a name is called by where it is. */
export function nameOf({ name, url }: Pick<Webhook, 'name' | 'url'>): string {
  return name || (URL.canParse(url) ? new URL(url).host : url);
}
