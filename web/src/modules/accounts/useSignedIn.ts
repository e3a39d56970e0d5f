import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { keys } from '@/api/keys';
import { openSession } from '@/api/session';
import type { Session } from '@/api/types';

/** Where to go behind the door; only to an address of our own. */
export function safeReturn(address: string | undefined): string {
  return address && /^\/(?![/\\])/.test(address) ? address : '/';
}

/** Keeps the new session and opens the page that was wanted. */
export function useSignedIn(back: string | undefined) {
  const client = useQueryClient();
  const navigate = useNavigate();
  return async (session: Session) => {
    client.clear();
    openSession(session);
    client.setQueryData(keys.me, { user: session.user, tenant: session.tenant });
    await navigate({ href: safeReturn(back), replace: true });
  };
}
