import { useTranslation } from 'react-i18next';
import { calledIn, fieldsOf, linkedIn, type HistoryEntry } from '@/api/records';
import { pointersIn, useTitles } from '@/ui/useTitles';
import type { MetaEntity, MetaField } from '@/api/types';
import { typeOf } from '@/ui/fields';
import { fieldText } from '@/ui/fieldText';
import { FromTo } from '@/ui/FromTo';
import styles from './RecordPage.module.css';

type Changes = HistoryEntry['changes'];
type Plain = Pick<MetaField, 'type' | 'options'> & Partial<MetaField>;
const PLAIN: Plain = { type: 'text', options: [] };

export const labelOf = (fields: MetaField[], key: string): string =>
  fields.find((field) => field.key === key)?.label ?? key.replace(/^customFields\./, '');

/** Field by field: from what, to what. */
export function ChangeList({ entity, changes }: { entity: MetaEntity; changes: Changes }) {
  const { t } = useTranslation();
  const fields = fieldsOf(entity);
  const beside = new Set(fields.map(({ linkedAs }) => linkedAs));
  const own = Object.entries(changes).filter(([key]) => !beside.has(key));
  const fieldOf = (key: string) => fields.find((one) => one.key === key) ?? PLAIN;
  // What an entry says beside an id needs no question.
  const said = (field: Plain, side: 'from' | 'to') =>
    linkedIn(
      { [field.linkedAs ?? '']: changes[field.linkedAs ?? '']?.[side] },
      field,
      changes[field.key ?? '']?.[side],
    );
  const titles = useTitles(
    own.flatMap(([key, { from, to }]) => {
      const field = fieldOf(key);
      return pointersIn(field, [said(field, 'from') ? null : from, said(field, 'to') ? null : to]);
    }),
  );
  const text = (key: string, side: 'from' | 'to') => {
    const field = fieldOf(key);
    const titleOf = (id: unknown) => calledIn(said(field, side)) ?? titles(field.target ?? '', id);
    return fieldText(t, field, changes[key]?.[side], titleOf);
  };
  return (
    <ul className={styles.changes}>
      {own.map(([key, change]) => (
        <li key={key}>
          <span className={styles.changed}>{labelOf(fields, key)}</span>{' '}
          <Told
            field={fieldOf(key)}
            change={change}
            from={text(key, 'from')}
            to={text(key, 'to')}
          />
        </li>
      ))}
    </ul>
  );
}

interface ToldProps {
  field: Plain;
  change: Changes[string];
  from: string;
  to: string;
}

/** In words, and where these are the same or too few, what the change consists of. */
function Told({ field, change, from, to }: ToldProps) {
  const { Change } = typeOf(field);
  return (
    <>
      {(!Change || from !== to) && (
        <FromTo from={from} to={to} before={styles.before} after={styles.after} />
      )}
      {Change && <Change field={field as MetaField} from={change.from} to={change.to} />}
    </>
  );
}
