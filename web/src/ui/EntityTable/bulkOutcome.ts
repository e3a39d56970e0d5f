import type { TFunction } from 'i18next';
import type { Bulk } from '@/api/records';
import type { Operation } from '@/api/types';
import { num } from '@/lib/format';
import type { Scope } from '@/lib/permissions';

export interface Outcome {
  text: string;
  /** Nothing came of it, and not because everything stood so already. */
  failed: boolean;
}

/** What a bulk change came to. `scope` is how far the right of who asked reaches. */
export function outcomeOf(
  t: TFunction,
  { changed, skipped, failed }: Pick<Operation, 'changed' | 'skipped' | 'failed'>,
  action: Bulk['action'],
  scope: Scope,
): Outcome {
  // Who may change everything skips only what stood so already: that is no news.
  const beyond = scope === 'all' ? 0 : skipped;
  if (changed === 0 && failed === 0) {
    return beyond > 0
      ? { text: t('records.bulk.beyondAll', { count: beyond, number: num(beyond) }), failed: true }
      : { text: t('records.bulk.nothing'), failed: false };
  }
  const what = failed > 0 ? 'partly' : action;
  const done = t(`records.bulk.done.${what}`, {
    count: changed,
    number: num(changed),
    failed: num(failed),
  });
  const rest = t('records.bulk.beyond', { number: num(beyond) });
  return { text: beyond > 0 ? `${done}, ${rest}` : done, failed: changed === 0 };
}
