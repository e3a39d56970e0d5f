import { modules } from '@/modules';
import type { HomeParts } from '@/ui/Home/parts';

/** What all capabilities say on the start page, in the order of the modules. */
export type AllParts = Required<HomeParts>;

let asked: Promise<AllParts> | undefined;

/** Asked for once, and the same promise ever after; what did not arrive is asked for again. */
export function homeParts(): Promise<AllParts> {
  if (asked) return asked;
  asked = Promise.all(modules.map(({ home }) => home?.() ?? {})).then((parts: HomeParts[]) => ({
    figures: parts.flatMap(({ figures = [] }) => figures),
    waits: parts.flatMap(({ waits = [] }) => waits),
    steps: parts.flatMap(({ steps = [] }) => steps).sort((one, other) => one.order - other.order),
    cards: parts.flatMap(({ cards = [] }) => cards),
  }));
  asked.catch(() => (asked = undefined));
  return asked;
}
