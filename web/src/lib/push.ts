/** Messages to this browser, as it offers them; what is kept of them is the server's. */

export interface BrowserKeys {
  endpoint: string;
  p256dh: string;
  auth: string;
}

export const canPush = (): boolean =>
  'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;

/** What the person has said to this browser: 'default' is nothing yet. */
export const permission = (): NotificationPermission =>
  canPush() ? Notification.permission : 'denied';

async function manager(): Promise<PushManager | undefined> {
  return (await navigator.serviceWorker.getRegistration())?.pushManager;
}

function keysOf(subscription: PushSubscription | null | undefined): BrowserKeys | null {
  const { endpoint, keys } = subscription?.toJSON() ?? {};
  if (!endpoint || !keys?.p256dh || !keys.auth) return null;
  return { endpoint, p256dh: keys.p256dh, auth: keys.auth };
}

/** Of the subscription that there is already. */
export const subscribed = async (): Promise<BrowserKeys | null> =>
  canPush() ? keysOf(await (await manager())?.getSubscription()) : null;

/** Asks the person where nothing was said yet; null when they do not want it. */
export async function subscribe(publicKey: string): Promise<BrowserKeys | null> {
  if ((await Notification.requestPermission()) !== 'granted') return null;
  const push = await manager();
  // Made for another installation under this address, it would never be heard again.
  await (await push?.getSubscription())?.unsubscribe();
  const options = { userVisibleOnly: true, applicationServerKey: publicKey };
  return keysOf(await push?.subscribe(options));
}

export const unsubscribe = async (): Promise<unknown> =>
  (await (await manager())?.getSubscription())?.unsubscribe();
