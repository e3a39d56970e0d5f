import { useQuery } from '@tanstack/react-query';
import type { Import, MetaField, Schema } from '@/api/types';
import { num } from '@/lib/format';
import { importGroupsQuery } from './queries';
import { fixedTo, hasColumn, isWhole, mendCell, mendedTo, mendValue } from './corrections';
import styles from './Import.module.css';
import { MendValue } from './MendValue';
import type { Mending } from './useTrial';

interface ErrorRowProps {
  trial: Import;
  row: Schema<'ImportError'>;
  fields: MetaField[];
  mending?: Mending;
}

/** One row of the file with what is wrong in it; its cells are corrected one by one. */
export function ErrorRow({ trial, row, fields, mending }: ErrorRowProps) {
  const { data: groups } = useQuery(importGroupsQuery(trial));
  const alike = (field: string, code: string, value: string) =>
    groups?.data
      .find((group) => group.field === field && group.code === code && !group.taken)
      ?.values.find((one) => one.value === value)?.count ?? 1;
  const told = (key: string, text: string) => {
    const { draft } = mending!;
    const to = fixedTo(draft, key, row.row) ?? (text ? mendedTo(draft, key, text) : undefined);
    return to === text ? undefined : to;
  };
  const content = row.cells.filter(Boolean).join(' · ');
  return (
    <tr>
      <td className="num">{num(row.line)}</td>
      <td className={styles.reasons}>
        {row.errors.map(({ field: key, code, message, value }) => {
          const field = fields.find((one) => one.key === key);
          const text = value ?? '';
          const mends = mending && field && hasColumn(mending.draft, key);
          return (
            <div key={`${key} ${code}`} className={styles.reason}>
              <span>{field ? `${field.label}: ${message}` : message}</span>
              {mends && (
                <MendValue
                  single
                  field={field}
                  value={text}
                  line={num(row.line)}
                  told={told(key, text)}
                  count={isWhole(text) ? alike(key, code, text) : 1}
                  onMend={(next, all) =>
                    mending.mend((draft) =>
                      all ? mendValue(draft, key, text, next) : mendCell(draft, key, row.row, next),
                    )
                  }
                />
              )}
            </div>
          );
        })}
        <div className={styles.contentBelow}>{content}</div>
      </td>
      <td className={styles.sample}>{content}</td>
    </tr>
  );
}
