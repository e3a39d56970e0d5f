import { Select, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useMeta } from '@/api/me';
import styles from './Audit.module.css';
import { usersQuery, type AuditQuestion } from './queries';
import { THINGS } from './useAuditItem';

interface AuditFiltersProps {
  question: AuditQuestion;
  onAsk: (question: AuditQuestion) => void;
}

/** A day as its first moment here; the last day asked for is asked for whole. */
export function momentOf(day: string, more = 0): string | undefined {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return day ? new Date(year, month - 1, date + more).toISOString() : undefined;
}
const dayOf = (moment: string | undefined, less = 0): string => {
  if (!moment) return '';
  const at = new Date(moment);
  at.setDate(at.getDate() - less);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
};

export function AuditFilters({ question, onAsk }: AuditFiltersProps) {
  const { t } = useTranslation();
  const { entities } = useMeta();
  const people = useInfiniteQuery(usersQuery).data?.pages.flatMap(({ data }) => data) ?? [];
  const things = [
    ...entities.map(({ name, labelPlural }) => ({ value: name, label: labelPlural })),
    ...THINGS.map((name) => ({ value: name, label: t(`settings.audit.things.${name}`) })),
  ].sort((a, b) => a.label.localeCompare(b.label));
  return (
    <div className={styles.filters}>
      <Select
        label={t('settings.audit.who')}
        placeholder={t('settings.audit.anyone')}
        clearable
        searchable
        data={people.map(({ id, name }) => ({ value: id, label: name }))}
        value={question.actorId ?? null}
        onChange={(actorId) => onAsk({ ...question, actorId: actorId ?? undefined })}
      />
      <Select
        label={t('settings.audit.thing')}
        placeholder={t('settings.audit.anything')}
        clearable
        searchable
        data={things}
        value={question.entity ?? null}
        onChange={(entity) => onAsk({ ...question, entity: entity ?? undefined })}
      />
      <TextInput
        type="date"
        label={t('settings.audit.from')}
        value={dayOf(question.from)}
        onChange={(event) => onAsk({ ...question, from: momentOf(event.currentTarget.value) })}
      />
      <TextInput
        type="date"
        label={t('settings.audit.to')}
        value={dayOf(question.to, 1)}
        onChange={(event) => onAsk({ ...question, to: momentOf(event.currentTarget.value, 1) })}
      />
    </div>
  );
}
