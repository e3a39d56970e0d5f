// Keeps the page and its hashed files for a bad network. The API is never cached.
const VERSION = 'PONTE_VERSION';
const FILES = ['PONTE_FILES'];
const SHELL = `ponte-${VERSION}`;
const ASSETS = 'ponte-assets';

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(FILES)));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => names.filter((name) => name !== SHELL && name !== ASSETS))
      .then((old) => Promise.all(old.map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

// The page asks for it when the reader chose "Atualizar".
self.addEventListener('message', (event) => {
  if (event.data === 'activate') self.skipWaiting();
});

async function page(request) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match('/')) ?? Response.error();
  }
}

async function asset(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const fresh = await fetch(request);
  if (fresh.ok) (await caches.open(ASSETS)).put(request, fresh.clone());
  return fresh;
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (/^\/(api|v1|socket\.io|widget|apidocs|health)(\/|$)/.test(url.pathname)) return;
  if (request.mode === 'navigate') event.respondWith(page(request));
  else if (url.pathname.startsWith('/assets/')) event.respondWith(asset(request));
});

// What somebody is told while no page is open; the newest stands for those of its group.
self.addEventListener('push', (event) => {
  const { text, tag, url } = event.data ? event.data.json() : {};
  const shown = { body: text, tag, icon: '/icon-192.png', data: url };
  if (text) event.waitUntil(self.registration.showNotification('Ponte', shown));
});
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(event.notification.data));
});
