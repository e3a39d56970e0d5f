import { mergeRows } from './mergeRows';
import { isRows, same, type FormValues } from './values';

/** A field that others changed while somebody edits. */
export interface Meanwhile {
  key: string;
  /** Changed here too, to something else: a person decides. */
  contested: boolean;
}

export interface Merged {
  values: FormValues;
  meanwhile: Meanwhile[];
}

/** What stands in a field that others changed; whoever changed it alone has the word. */
function meet(
  before: unknown,
  now: unknown,
  mine: unknown,
): { value: unknown; contested: boolean } {
  const lists = [before, now, mine];
  if (lists.some(isRows)) {
    const [old = [], theirs = [], own = []] = lists.map((list) => (isRows(list) ? list : []));
    const { rows, contested } = mergeRows(old, theirs, own);
    return { value: rows, contested };
  }
  if (same(mine, before)) return { value: now, contested: false };
  return { value: mine, contested: !same(mine, now) };
}

/** What is in the form, where others went on from `before` to `now`: untouched fields follow. */
export function merge(
  before: FormValues,
  now: FormValues,
  mine: FormValues,
  told: Meanwhile[] = [],
): Merged {
  const changed = Object.keys(now).filter((key) => !same(before[key], now[key]));
  const met = changed.map((key) => ({ key, ...meet(before[key], now[key], mine[key]) }));
  const older = told.filter(({ key }) => !changed.includes(key));
  const values = Object.fromEntries(met.map(({ key, value }) => [key, value]));
  return {
    values: { ...mine, ...values },
    meanwhile: [...older, ...met.map(({ key, contested }) => ({ key, contested }))],
  };
}
