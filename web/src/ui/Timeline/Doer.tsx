import { useTranslation } from 'react-i18next';
import type { HistoryEntry } from '@/api/records';

/** Who did it: somebody, a program of theirs by its key, or the system. */
export function Doer({ entry }: { entry: Partial<Pick<HistoryEntry, 'actor' | 'key'>> }) {
  const { t } = useTranslation();
  const name = entry.actor?.name ?? t('records.history.somebody');
  return <b>{entry.key ? t('records.history.byKey', { key: entry.key.name, name }) : name}</b>;
}
