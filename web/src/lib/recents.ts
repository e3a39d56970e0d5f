import { read, write } from './storage';

export interface Recent {
  entity: string;
  id: string;
  title: string;
  subtitle?: string | null;
}

const KEPT = 6;
const keyFor = (user: string) => `recents.${user}`;

/** What this person opened last on this machine, newest first. */
export const recents = (user: string): Recent[] => read<Recent[]>(keyFor(user), []);

export function addRecent(user: string, recent: Recent): void {
  const others = recents(user).filter(({ id }) => id !== recent.id);
  write(keyFor(user), [recent, ...others].slice(0, KEPT));
}
