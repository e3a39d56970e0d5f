import { same, type FormValues } from './values';

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

const pick = (from: FormValues, keys: string[]): FormValues =>
  Object.fromEntries(keys.map((key) => [key, from[key]]));

/** What is in the form, where others went on from `before` to `now`: untouched fields follow. */
export function merge(
  before: FormValues,
  now: FormValues,
  mine: FormValues,
  told: Meanwhile[] = [],
): Merged {
  const changed = Object.keys(now).filter((key) => !same(before[key], now[key]));
  const followed = changed.filter((key) => same(mine[key], before[key]));
  const contested = (key: string) => !same(mine[key], before[key]) && !same(mine[key], now[key]);
  const older = told.filter(({ key }) => !changed.includes(key));
  return {
    values: { ...mine, ...pick(now, followed) },
    meanwhile: [...older, ...changed.map((key) => ({ key, contested: contested(key) }))],
  };
}
