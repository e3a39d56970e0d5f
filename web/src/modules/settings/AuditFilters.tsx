import { Select } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useMeta } from '@/api/me';
import { DateField } from '@/ui/RecordForm/DateField';
import styles from './Audit.module.css';
import { usersQuery, type AuditQuestion } from './queries';
import { THINGS } from './useAuditItem';

interface AuditFiltersProps {
  question: AuditQuestion;
  onAsk: (question: AuditQuestion) => void;
}

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
      <DateField
        type="date"
        label={t('settings.audit.from')}
        value={question.from ?? null}
        onChange={(from) => onAsk({ ...question, from: from ?? undefined })}
      />
      <DateField
        type="date"
        label={t('settings.audit.to')}
        value={question.to ?? null}
        onChange={(to) => onAsk({ ...question, to: to ?? undefined })}
      />
    </div>
  );
}
