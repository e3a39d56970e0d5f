import type { MetaField } from '@/api/types';
import { same } from '@/ui/Edit/values';
import { partsIn, shownIn, type Part } from './titles';

export interface Difference {
  added: Part[];
  removed: Part[];
  changed: { before: Part; after: Part; fields: MetaField[] }[];
  /** Those that stayed stand in another order. */
  moved: boolean;
}

/** What makes one list of parts another; what is computed follows from the rest and is not told. */
export function differenceOf(field: MetaField, from: unknown, to: unknown): Difference {
  const [old, now] = [partsIn(from), partsIn(to)];
  const before = new Map(old.map((part) => [part.id, part]));
  const after = new Set(now.map(({ id }) => id));
  const stayed = now.filter(({ id }) => before.has(id));
  const fields = shownIn(field);
  const differing = (a: Part, b: Part) => {
    const all = fields.filter(({ key }) => !same(a[key], b[key]));
    const written = all.filter(({ readOnly }) => !readOnly);
    return written.length > 0 ? written : all;
  };
  const ids = (parts: Part[]) => parts.map(({ id }) => id);
  return {
    added: now.filter(({ id }) => !before.has(id)),
    removed: old.filter(({ id }) => !after.has(id)),
    changed: stayed
      .map((part) => ({ before: before.get(part.id)!, after: part }))
      .map((pair) => ({ ...pair, fields: differing(pair.before, pair.after) }))
      .filter((pair) => pair.fields.length > 0),
    moved: !same(ids(stayed), ids(old.filter(({ id }) => after.has(id)))),
  };
}
