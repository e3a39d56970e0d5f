import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { updateMe } from '@/api/account';
import { keys } from '@/api/keys';
import { openSession } from '@/api/session';
import { CHOSEN_AT_THE_DOOR, currentLanguage } from '@/i18n';
import { read, write } from '@/lib/storage';
import type { Session } from '@/api/types';

/** Where to go behind the door; only to an address of our own. */
export function safeReturn(address: string | undefined): string {
  return address && /^\/(?![/\\])/.test(address) ? address : '/';
}

function chosenAtTheDoor(): string | null {
  const chosen = read(CHOSEN_AT_THE_DOOR, false);
  write(CHOSEN_AT_THE_DOOR, null);
  return chosen ? currentLanguage() : null;
}

/** Keeps the new session and opens the page that was wanted. */
export function useSignedIn(back: string | undefined) {
  const client = useQueryClient();
  const navigate = useNavigate();
  return async (session: Session) => {
    client.clear();
    openSession(session);
    const language = chosenAtTheDoor() ?? session.user.language;
    const user = { ...session.user, language };
    if (language !== session.user.language) await updateMe({ language }).catch(() => undefined);
    client.setQueryData(keys.me, { user, tenant: session.tenant });
    await navigate({ href: safeReturn(back), replace: true });
  };
}
