import { useMemo, useRef, useState } from 'react';
import { asApiError } from '@/api/errors';
import { merge, type Meanwhile } from './merge';
import { touched, type FormValues } from './values';

interface Versioned {
  version?: number;
}

export interface EditOptions<R extends Versioned> {
  /** As it stands now, kept by the socket. Absent: something new. */
  live: R | undefined;
  valuesOf: (record: R | undefined) => FormValues;
  values: FormValues;
  write: (values: FormValues) => void;
  /** A page: open without being edited, it follows the others without a word. */
  page?: boolean;
  /** As it stands on the server: asked for when somebody was faster. */
  fetch?: () => Promise<R>;
}

/** Gets what was touched, and the record that it was made from. */
type Send<R> = (changes: FormValues, from: R | undefined) => Promise<unknown>;

// Whoever loses so many races in a row is told, and tries again himself.
const TRIES = 4;

const isNewer = (live: Versioned, seen: Versioned) =>
  live !== seen && (live.version === undefined || live.version > (seen.version ?? 0));

/**
 * The edit of something that others may change meanwhile. Record and version are those of the
 * opening; what others change is taken over where nothing was typed, and asked about elsewhere.
 */
export function useEdit<R extends Versioned>(options: EditOptions<R>) {
  const { live, valuesOf, values, write, page, fetch } = options;
  const [opened, setOpened] = useState(live);
  const [seen, setSeen] = useState(live);
  const [meanwhile, setMeanwhile] = useState<Meanwhile[]>([]);
  const [saving, setSaving] = useState(false);
  const panel = useRef<HTMLDivElement>(null);
  const initial = useMemo(() => valuesOf(seen), [valuesOf, seen]);
  const changes = touched(values, initial);
  // Typing what the others wrote settles it too.
  const told = meanwhile.map((one) => ({ ...one, contested: one.contested && one.key in changes }));
  const undecided = told.some(({ contested }) => contested);

  const meet = (fresh: R, before: FormValues, mine: FormValues) => {
    const merged = merge(before, valuesOf(fresh), mine, told);
    const silent = page && Object.keys(touched(mine, before)).length === 0;
    if (silent) setOpened(fresh);
    setSeen(fresh);
    setMeanwhile(silent ? [] : merged.meanwhile);
    write(merged.values);
    return merged;
  };
  // One's own change comes back over the socket too, often before its answer.
  if (live && seen && !saving && isNewer(live, seen)) meet(live, initial, values);

  /** What is saved is where the edit goes on from. */
  const settle = (saved: R) => {
    setOpened(saved);
    setSeen(saved);
    setMeanwhile([]);
    write(valuesOf(saved));
  };
  const decide = (key: string, mine: boolean) => {
    setMeanwhile((list) => list.filter((one) => one.key !== key));
    if (!mine) write({ ...values, [key]: initial[key] });
  };
  const attempt = async (send: Send<R>): Promise<boolean> => {
    let [from, mine] = [seen, values];
    for (let left = TRIES; ; left -= 1) {
      try {
        await send(touched(mine, valuesOf(from)), from);
        return true;
      } catch (error) {
        const raced = asApiError(error).status === 412 && fetch && left > 1;
        if (!raced) throw error;
        const fresh = await fetch();
        const merged = meet(fresh, valuesOf(from), mine);
        // Where somebody changed another field, there is nothing to decide.
        if (merged.meanwhile.some(({ contested }) => contested)) return false;
        [from, mine] = [fresh, merged.values];
      }
    }
  };
  /** Sends what was touched; false when a person must decide first. */
  const save = async (send: Send<R>): Promise<boolean> => {
    setSaving(true);
    try {
      const sent = !undecided && (await attempt(send));
      // It may be there only with the next picture.
      if (!sent) requestAnimationFrame(() => panel.current?.focus());
      return sent;
    } finally {
      setSaving(false);
    }
  };
  const dirty = Object.keys(changes).length > 0;
  return { opened, seen, initial, dirty, meanwhile: told, panel, decide, settle, save };
}

export type Edit<R extends Versioned> = ReturnType<typeof useEdit<R>>;
