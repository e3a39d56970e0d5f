import { addBrowser } from '@/api/notifications';
import { subscribed } from '@/lib/push';

/** A browser that is told things is told those of whoever is signed in there now. */
export async function renewPush(): Promise<void> {
  const keys = await subscribed();
  if (keys) await addBrowser(keys).catch(() => undefined);
}
