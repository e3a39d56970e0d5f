import { useTranslation } from 'react-i18next';
import { useMe } from '@/api/me';
import { useTitles } from '@/ui/useTitles';
import { dateTime } from '@/lib/format';
import { workTrouble } from '@/lib/workTrouble';

interface Work {
  createdAt: string;
  createdBy?: string | null;
  error?: string | null;
}

/** "Marina Lopes · 27 nov 10:30 · Situação · 3 alterados": who, when, on what, and how it ended. */
export function useWorkDetail(work: Work): (what: string, outcome: string) => string {
  const { t } = useTranslation();
  const { user } = useMe();
  const { createdAt, createdBy, error } = work;
  const mine = createdBy === user.id;
  const titles = useTitles(createdBy && !mine ? [{ target: 'user', id: createdBy }] : []);
  return (what, outcome) => {
    const who = mine ? user.name : titles('user', createdBy);
    const end = workTrouble(t, error) ?? outcome;
    return [who, dateTime(createdAt), what, end].filter(Boolean).join(' · ');
  };
}
