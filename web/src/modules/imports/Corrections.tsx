import { IconArrowRight, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MetaField } from '@/api/types';
import { num } from '@/lib/format';
import { IconBtn } from '@/ui/IconBtn';
import { correctionsOf } from './corrections';
import styles from './Mending.module.css';
import type { Mending } from './useTrial';

interface CorrectionsProps {
  fields: MetaField[];
  mending: Mending;
}

/** What is taken otherwise than the file has it; each can be taken back. */
export function Corrections({ fields, mending }: CorrectionsProps) {
  const { t } = useTranslation();
  const corrections = correctionsOf(mending.draft);
  if (corrections.length === 0) return null;
  const empty = t('imports.mend.empty');
  const shown = (key: string, text: string) => {
    const options = fields.find((field) => field.key === key)?.options;
    return options?.find(({ value }) => value === text)?.label ?? (text || empty);
  };
  return (
    <details className={styles.section}>
      <summary className={styles.summary}>
        {t('imports.mend.title', {
          count: corrections.length,
          number: num(corrections.length),
        })}
      </summary>
      <ul className={styles.lines}>
        {corrections.map(({ field, row, from, to, without }) => {
          const name = fields.find(({ key }) => key === field)?.label ?? field;
          const what = from ?? t('imports.mend.record', { row });
          return (
            <li key={`${field} ${row} ${from}`}>
              <span>{name}</span>
              <span className={styles.cells}>
                {what} <IconArrowRight size={13} stroke={1.8} aria-hidden /> {shown(field, to)}
              </span>
              <IconBtn
                label={t('imports.mend.takeBack', { what: `${name}: ${what}` })}
                onClick={() => mending.mend(() => without)}
              >
                <IconX size={14} stroke={1.8} />
              </IconBtn>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
