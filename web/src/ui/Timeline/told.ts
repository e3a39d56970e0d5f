import type { HistoryEntry, TimelineEntry } from '@/api/records';

type Entry = Pick<HistoryEntry, 'label' | 'at' | 'actor' | 'changes'> &
  Partial<Pick<HistoryEntry, 'event'> & Pick<TimelineEntry, 'type' | 'record'>>;

const AT_ONCE_MS = 1000;
const nameOf = ({ event, type }: Partial<Entry>) => event ?? type ?? '';
const isEmpty = (changes: object | undefined) => Object.keys(changes ?? {}).length === 0;

/** Whether `update` is what the record underwent when somebody did what is told above it. */
function tellsOf(told: Partial<Entry>, update: Partial<Entry>): boolean {
  return (
    Boolean(told.label) &&
    isEmpty(told.changes) &&
    !update.label &&
    nameOf(update) === nameOf(told).replace(/[^.]+$/, 'updated') &&
    update.record?.id === told.record?.id &&
    update.actor?.id === told.actor?.id &&
    Math.abs(Date.parse(told.at ?? '') - Date.parse(update.at ?? '')) <= AT_ONCE_MS
  );
}

/** What was done comes as two entries, the deed above its changes: they are shown as one. */
export function withItsChanges<E extends Partial<Entry>>(entries: E[]): E[] {
  const shown: E[] = [];
  for (const entry of entries) {
    const above = shown.at(-1);
    if (above && tellsOf(above, entry)) shown.splice(-1, 1, { ...above, changes: entry.changes });
    else shown.push(entry);
  }
  return shown;
}
