import { useTranslation } from 'react-i18next';
import { useMe } from '@/api/me';
import { dateTime } from '@/lib/format';
import { workTrouble } from '@/lib/workTrouble';
import { useTitles } from '@/ui/RecordForm/useCatalogue';

interface Work {
  createdAt: string;
  createdBy?: string | null;
  error?: string | null;
}

/** "Marina Lopes · 27 nov 10:30 · Situação · 3 alterados": who, when, on what, and how it ended. */
export function useWorkDetail(): (work: Work, what: string, outcome: string) => string {
  const { t } = useTranslation();
  const { user } = useMe();
  const nameOf = useTitles('user');
  return ({ createdAt, createdBy, error }, what, outcome) => {
    const who = createdBy === user.id ? user.name : nameOf(createdBy);
    const end = workTrouble(t, error) ?? outcome;
    return [who, dateTime(createdAt), what, end].filter(Boolean).join(' · ');
  };
}
