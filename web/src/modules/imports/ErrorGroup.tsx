import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetaField, Schema } from '@/api/types';
import { num } from '@/lib/format';
import { hasColumn, isSkipped, isWhole, mendedTo, mendValue, skipField } from './corrections';
import styles from './Import.module.css';
import { mayBeLeftOut } from './importDraft';
import { MendValue } from './MendValue';
import type { Mending } from './useTrial';

interface ErrorGroupProps {
  group: Schema<'ImportErrorGroup'>;
  field: MetaField | undefined;
  mending?: Mending;
}

const SHOWN_VALUES = 8;

/** Problems of one kind in one field; each value is corrected wherever it stands. */
export function ErrorGroup({ group, field, mending }: ErrorGroupProps) {
  const { t } = useTranslation();
  const { count, message, taken } = group;
  const mends = mending && field && hasColumn(mending.draft, field.key);
  return (
    <li>
      <div className={styles.groupHead}>
        <span className="num">{num(count)}</span>
        <span>
          {field ? `${field.label}: ${message}` : message}
          {taken && ` · ${t('imports.errors.taken')}`}
        </span>
        {mends && mayBeLeftOut(field) && (
          <Checkbox
            size="xs"
            label={t('imports.map.skip')}
            aria-label={t('imports.map.skipFor', { column: field.label })}
            checked={isSkipped(mending.draft, field.key)}
            onChange={({ currentTarget: { checked } }) =>
              mending.mend((draft) => skipField(draft, field.key, checked))
            }
          />
        )}
      </div>
      {mends ? (
        <Values group={group} field={field} mending={mending} />
      ) : (
        <ShownValues values={group.values} />
      )}
    </li>
  );
}

type ValuesProps = Required<Omit<ErrorGroupProps, 'field'>> & { field: MetaField };

function Values({ group, field, mending }: ValuesProps) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const values = group.values.filter(({ value }) => value && isWhole(value));
  const shown = all ? values : values.slice(0, SHOWN_VALUES);
  const more = values.length - shown.length;
  return (
    <div className={styles.groupValues}>
      {shown.map(({ value, count }) => (
        <MendValue
          key={value}
          field={field}
          value={value}
          count={count}
          told={mendedTo(mending.draft, field.key, value)}
          onMend={(text) => mending.mend((draft) => mendValue(draft, field.key, value, text))}
        />
      ))}
      {more > 0 && (
        <Button size="compact-xs" variant="subtle" onClick={() => setAll(true)}>
          {t('imports.mend.more', { number: num(more) })}
        </Button>
      )}
    </div>
  );
}

function ShownValues({ values }: Pick<ErrorGroupProps['group'], 'values'>) {
  const { t } = useTranslation();
  const shown = values.filter(({ value }) => value).slice(0, SHOWN_VALUES);
  if (shown.length === 0) return null;
  const list = shown.map(({ value, count }) => `${value} (${num(count)})`).join(', ');
  return <p className={styles.quiet}>{t('imports.errors.values', { values: list })}</p>;
}
