import { signal } from '@/lib/signal';
import { read, storageKey, write } from '@/lib/storage';
import { currentLanguage } from '@/i18n';
import { errorOf, reach } from './errors';
import type { Session } from './types';

/** `expired` means: the page still shows somebody's work, but nobody is signed in any more. */
export type SessionState = 'anonymous' | 'active' | 'expired';

const REFRESH = 'refresh';
const channel =
  typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('ponte.session');

let accessToken: string | null = null;
let owner: string | null = null;
let refreshing: Promise<string | null> | null = null;
export const sessionState = signal<SessionState>(hasSession() ? 'active' : 'anonymous');

export function hasSession(): boolean {
  return read<string | null>(REFRESH, null) !== null;
}

export const currentToken = (): string | null => accessToken;

type News = { accessToken: string; owner: string | null } | { signedOut: true };

channel?.addEventListener('message', ({ data }: MessageEvent<News>) => {
  if ('accessToken' in data) {
    // Somebody else signed in in another tab: this page shows a person who is gone.
    if (owner !== null && data.owner !== null && owner !== data.owner) return location.reload();
    accessToken = data.accessToken;
    sessionState.set('active');
  } else if (sessionState.get() === 'active') {
    accessToken = null;
    sessionState.set('expired');
  }
});

type OpenedSession = Pick<Session, 'accessToken' | 'refreshToken'> & { user?: { id: string } };

export function openSession(session: OpenedSession): void {
  accessToken = session.accessToken;
  owner = session.user?.id ?? owner;
  write(REFRESH, session.refreshToken);
  sessionState.set('active');
  channel?.postMessage({ accessToken: session.accessToken, owner } satisfies News);
}

export function closeSession(state: 'anonymous' | 'expired' = 'anonymous'): void {
  accessToken = null;
  if (state === 'anonymous') owner = null;
  write(REFRESH, null);
  sessionState.set(state);
  channel?.postMessage({ signedOut: true } satisfies News);
}

export const refreshTokenForLogout = (): string | undefined =>
  read<string | null>(REFRESH, null) ?? undefined;

/** A token that is not `stale`; one refresh for all requests of this tab and of all tabs. */
export function refreshSession(stale: string | null = accessToken): Promise<string | null> {
  if (accessToken !== null && accessToken !== stale) return Promise.resolve(accessToken);
  refreshing ??= alone(() => exchange(stale)).finally(() => {
    refreshing = null;
  });
  return refreshing;
}

// A refresh token works once: two tabs that spend the same one would be taken for a thief.
function alone<T>(work: () => Promise<T>): Promise<T> {
  // Without https (and not on localhost) browsers have no locks; one tab is then the usual case.
  const locks = navigator.locks as LockManager | undefined;
  return locks ? (locks.request(storageKey(REFRESH), work) as Promise<T>) : work();
}

async function exchange(stale: string | null): Promise<string | null> {
  if (accessToken !== null && accessToken !== stale) return accessToken;
  const refreshToken = read<string | null>(REFRESH, null);
  if (refreshToken === null) {
    expire();
    return null;
  }
  const response = await reach(() =>
    fetch('/api/v1/auth/refresh', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Accept-Language': currentLanguage() },
      body: JSON.stringify({ refreshToken }),
    }),
  );
  if (response.ok) {
    openSession((await response.json()) as Session);
    return accessToken;
  }
  // Only a clear refusal ends the session; a restarting server does not.
  if (response.status !== 401 && response.status !== 403 && response.status !== 422) {
    throw errorOf(response, await response.json().catch(() => null));
  }
  closeSession('expired');
  return null;
}

function expire(): void {
  accessToken = null;
  if (sessionState.get() === 'active') sessionState.set('expired');
}
