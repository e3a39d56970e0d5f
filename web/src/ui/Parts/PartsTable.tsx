import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { isEmpty } from '@/ui/Edit/values';
import { typeOf } from '@/ui/fields';
import { NO_VALUE } from '@/ui/fields/noValue';
import type { ShownProps } from '@/ui/fields/type';
import { FieldValue } from '@/ui/FieldValue';
import styles from './Parts.module.css';
import { partsIn, shownIn } from './titles';
import { useNarrow } from './useNarrow';

/** The parts of a record as they are looked at. */
export function PartsTable({ field, value, linked }: ShownProps) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const narrow = useNarrow(box);
  const columns = shownIn(field);
  const rows = partsIn(value);
  return (
    <div ref={box} className={styles.shown}>
      <table className={styles.table} aria-label={field.label} data-narrow={narrow || undefined}>
        <thead>
          <tr>
            {columns.map((part) => (
              <th key={part.key} scope="col" data-align={typeOf(part).align}>
                {part.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((part, index) => (
            <tr key={part.id ?? index} aria-label={t('records.parts.row', { number: index + 1 })}>
              {columns.map((one) => (
                <td key={one.key} data-align={typeOf(one).align} data-label={one.label}>
                  {isEmpty(part[one.key]) ? (
                    <span className={styles.none}>{NO_VALUE}</span>
                  ) : (
                    <FieldValue field={one} value={part[one.key]} of={part} linked={linked} />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
