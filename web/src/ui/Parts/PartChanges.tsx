import { useTranslation } from 'react-i18next';
import { linkedIn } from '@/api/records';
import type { MetaField } from '@/api/types';
import type { ChangeProps } from '@/ui/fields/type';
import { FromTo } from '@/ui/FromTo';
import { fieldText } from '@/ui/fieldText';
import { pointersIn, useTitles } from '@/ui/useTitles';
import { differenceOf, type Difference } from './difference';
import styles from './Parts.module.css';
import { titleIn, type Part } from './titles';

/** Of parts: which came, which went, and what of the others became what. */
export function PartChanges({ field, from, to }: ChangeProps) {
  const { t } = useTranslation();
  const difference = differenceOf(field, from, to);
  const { added, removed, changed, moved } = difference;
  const titles = useTitles(unnamedIn(difference));
  const nameOf = (part: Part) => titleIn(field, part) ?? t('records.parts.unnamed');
  const text = (part: Part, one: MetaField) =>
    fieldText(
      t,
      one,
      part[one.key],
      (id) => linkedIn(part, one, id)?.title ?? titles(one.target ?? '', id),
    );
  return (
    <ul className={styles.changes}>
      {changed.map(({ before, after, fields }) => (
        <li key={String(after.id)}>
          {nameOf(after)}:{' '}
          {fields.map((one, index) => (
            <span key={one.key}>
              {index > 0 && '; '}
              {one.label} <FromTo from={text(before, one)} to={text(after, one)} />
            </span>
          ))}
        </li>
      ))}
      {added.map((part, index) => (
        <li key={part.id ?? index}>{t('records.parts.added', { name: nameOf(part) })}</li>
      ))}
      {removed.map((part, index) => (
        <li key={part.id ?? index}>{t('records.parts.dropped', { name: nameOf(part) })}</li>
      ))}
      {moved && <li>{t('records.parts.moved')}</li>}
    </ul>
  );
}

/** What a part points to and does not call by its name. */
function unnamedIn({ changed }: Difference) {
  return changed.flatMap(({ before, after, fields }) =>
    fields.flatMap((one) =>
      [before, after]
        .filter((part) => !linkedIn(part, one, part[one.key])?.title)
        .flatMap((part) => pointersIn(one, [part[one.key]])),
    ),
  );
}
