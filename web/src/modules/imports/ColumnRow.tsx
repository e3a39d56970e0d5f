import { Checkbox, Select } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MetaField } from '@/api/types';
import { num } from '@/lib/format';
import type { ImportPreview } from './queries';
import styles from './Import.module.css';
import { mayBeLeftOut, type ImportDraft } from './importDraft';

interface ColumnRowProps {
  column: ImportPreview['columns'][number];
  fields: MetaField[];
  draft: ImportDraft;
  twice: boolean;
  onDraft: (draft: ImportDraft) => void;
}

const LEAVE_OUT = '';

/** One column of the file: which field it fills, and what happens to cells that do not fit. */
export function ColumnRow({ column, fields, draft, twice, onDraft }: ColumnRowProps) {
  const { t } = useTranslation();
  const { index, header, sample } = column;
  const { chosen, skips } = draft;
  const name = header || t('imports.map.unnamed', { number: index + 1 });
  const key = chosen[index] ?? null;
  const field = fields.find((one) => one.key === key);
  const optional = field && mayBeLeftOut(field);
  return (
    <tr data-out={key === null || undefined}>
      <th scope="row">{name}</th>
      <td className={styles.sample}>{sample.filter(Boolean).slice(0, 3).join(' · ')}</td>
      <td>
        <Select
          aria-label={t('imports.map.fieldOf', { column: name })}
          leftSection={<IconArrowRight size={14} stroke={1.8} />}
          searchable
          allowDeselect={false}
          data={[
            { value: LEAVE_OUT, label: t('imports.map.leaveOut') },
            ...fields.map((one) => ({ value: one.key, label: one.label })),
          ]}
          value={key ?? LEAVE_OUT}
          error={twice || undefined}
          onChange={(next) => onDraft({ ...draft, chosen: { ...chosen, [index]: next || null } })}
        />
        {optional && (
          <Checkbox
            size="xs"
            mt={6}
            label={t('imports.map.skip')}
            aria-label={t('imports.map.skipFor', { column: name })}
            checked={skips[index] ?? false}
            onChange={({ currentTarget }) =>
              onDraft({ ...draft, skips: { ...skips, [index]: currentTarget.checked } })
            }
          />
        )}
        {key !== null && key === column.suggestedField && field && (
          <ValueList column={column} field={field} draft={draft} onDraft={onDraft} />
        )}
      </td>
    </tr>
  );
}

type ValueListProps = Pick<ColumnRowProps, 'column' | 'draft' | 'onDraft'> & { field: MetaField };
const REFUSE = '\0';

/** Values that no option stands for: each gets one, is left empty, or refuses its row. */
function ValueList({ column, field, draft, onDraft }: ValueListProps) {
  const { t } = useTranslation();
  const { index, unmatchedValues } = column;
  if (!unmatchedValues.length || !field.options) return null;
  const known = draft.values[index] ?? {};
  const choose = (value: string, option: string) => {
    const others = Object.entries(known).filter(([one]) => one !== value);
    const chosen = option === REFUSE ? [] : [[value, option] as const];
    const next = Object.fromEntries([...others, ...chosen]);
    onDraft({ ...draft, values: { ...draft.values, [index]: next } });
  };
  return (
    <div className={styles.values}>
      <span className={styles.quiet}>{t('imports.map.values')}</span>
      {unmatchedValues.map(({ value, count }) => (
        <div key={value} className={styles.value}>
          <span className={styles.valueName}>{`${value} (${num(count)})`}</span>
          <Select
            size="xs"
            aria-label={t('imports.map.valueFor', { value })}
            allowDeselect={false}
            data={[
              {
                value: REFUSE,
                label: t(draft.skips[index] ? 'imports.map.skip' : 'imports.map.refuseValue'),
              },
              { value: '', label: t('imports.map.emptyValue') },
              ...(field.options ?? []).map((one) => ({ value: one.value, label: one.label })),
            ]}
            value={known[value] ?? REFUSE}
            onChange={(option) => choose(value, option ?? REFUSE)}
          />
        </div>
      ))}
    </div>
  );
}
