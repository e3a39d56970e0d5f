import { Checkbox } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldsOf, valueOf, type RecordRow } from '@/api/records';
import type { MetaEntity } from '@/api/types';
import { RowMenu } from '@/ui/DataTable/BodyRow';
import type { Selection } from '@/ui/DataTable/useSelection';
import { typeOf } from '@/ui/fields';
import { FieldValue } from '@/ui/FieldValue';
import { isEmpty } from '@/ui/Edit/values';
import styles from './Cards.module.css';
import { RecordLink } from './RecordLink';
import { RecordPicture } from './RecordPicture';

interface CardsProps {
  label: string;
  entity: MetaEntity;
  icon: Icon | undefined;
  rows: RecordRow[];
  nameOf: (row: RecordRow) => string;
  hrefOf: (row: RecordRow) => string;
  selection: Selection;
  menu: (row: RecordRow) => ReactNode;
  secondary?: (row: RecordRow) => ReactNode;
  /** What a card tells; without it, the first fields that are known. */
  cardFields?: string[];
}

const LINES = 4;

/** The same rows as cards: who it is, and the first things that are known. */
export function Cards(props: CardsProps) {
  const { label, entity, icon, rows, nameOf, hrefOf, selection, menu } = props;
  const { secondary, cardFields } = props;
  const { t } = useTranslation();
  const [menuRow, setMenuRow] = useState<string | null>(null);
  const fields = fieldsOf(entity).filter(
    ({ key, inList }) =>
      (cardFields ? cardFields.includes(key) : inList !== false) && key !== entity.titleField,
  );
  const all = fieldsOf(entity);
  const tags = all.find((field) => field.target && typeOf(field).several);
  const status = all.find(({ options }) => options?.[0]?.color);
  return (
    <ul className={styles.grid} aria-label={label} tabIndex={0}>
      {rows.map((row) => {
        const name = nameOf(row);
        const lines = fields
          .filter((field) => field !== tags && field !== status)
          .filter((field) => !isEmpty(valueOf(row, field.key)))
          .slice(0, LINES);
        return (
          <li
            key={row.id}
            className={styles.card}
            data-selected={selection.has(row.id) || undefined}
          >
            <div className={styles.head}>
              <RecordPicture name={name} icon={icon} />
              <div className={styles.who}>
                <RecordLink row={row} to={hrefOf(row)} className={styles.name}>
                  {name}
                </RecordLink>
                <span className={styles.second}>{secondary?.(row)}</span>
              </div>
              <Checkbox
                size="xs"
                radius="xs"
                aria-label={t('records.select', { name })}
                checked={selection.has(row.id)}
                onChange={() => selection.toggle(row.id)}
              />
              <RowMenu
                open={menuRow === row.id}
                name={name}
                onOpen={(open) => setMenuRow(open ? row.id : null)}
              >
                {() => menu(row)}
              </RowMenu>
            </div>
            <dl className={styles.lines}>
              {lines.map((field) => (
                <div key={field.key} className={styles.line}>
                  <dt>{field.label}</dt>
                  <dd>
                    <FieldValue field={field} value={valueOf(row, field.key)} of={row} />
                  </dd>
                </div>
              ))}
            </dl>
            <div className={styles.end}>
              {status && <FieldValue field={status} value={valueOf(row, status.key)} />}
              {tags && <FieldValue field={tags} value={valueOf(row, tags.key)} />}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
