import type { EntityScreen, ListParts } from '@/ui/screens';

const asked = new Map<EntityScreen | undefined, Promise<ListParts>>();
const NONE: ListParts = {};

/** What a module's list has of its own: asked for once, and the same promise ever after. */
export function partsOf(screen: EntityScreen | undefined): Promise<ListParts> {
  const known = asked.get(screen);
  if (known) return known;
  const parts = screen?.list?.() ?? Promise.resolve(NONE);
  asked.set(screen, parts);
  // A file that did not arrive is asked for again.
  parts.catch(() => asked.delete(screen));
  return parts;
}
