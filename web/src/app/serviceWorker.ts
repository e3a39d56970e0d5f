import { t } from '@/i18n';
import { toast } from '@/ui/toast';

function offer(worker: ServiceWorker): void {
  toast.done(t('shell.newVersion.text'), {
    id: 'new-version',
    stay: false,
    action: { label: t('shell.newVersion.update'), run: () => worker.postMessage('activate') },
  });
}

/** Keeps the page for a bad network, and tells when a newer one waits. */
export function startServiceWorker(): void {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return;
  const updating = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (updating) location.reload();
  });
  window.addEventListener('load', () => void register());
  if (document.readyState === 'complete') void register();
}

let registered = false;

async function register(): Promise<void> {
  if (registered) return;
  registered = true;
  const registration = await navigator.serviceWorker.register('/sw.js').catch(() => null);
  if (!registration) return;
  if (registration.waiting && navigator.serviceWorker.controller) offer(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const worker = registration.installing;
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed' && navigator.serviceWorker.controller) offer(worker);
    });
  });
}
