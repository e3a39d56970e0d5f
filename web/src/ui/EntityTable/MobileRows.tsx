import { Checkbox } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordRow } from '@/api/records';
import type { Selection } from '@/ui/DataTable/useSelection';
import styles from './MobileRows.module.css';
import { RecordLink } from './RecordLink';
import { RecordPicture } from './RecordPicture';

interface MobileRowsProps {
  label: string;
  icon: Icon | undefined;
  rows: RecordRow[];
  nameOf: (row: RecordRow) => string;
  hrefOf: (row: RecordRow) => string;
  selection: Selection;
  secondary?: (row: RecordRow) => ReactNode;
  aside?: (row: RecordRow) => ReactNode;
}

/** Two lines a row; a touch on the picture chooses it. */
export function MobileRows(props: MobileRowsProps) {
  const { label, icon, rows, nameOf, hrefOf, selection, secondary, aside } = props;
  const { t } = useTranslation();
  return (
    <ul className={styles.list} aria-label={label} tabIndex={0}>
      {rows.map((row) => {
        const name = nameOf(row);
        const selected = selection.has(row.id);
        return (
          <li key={row.id} className={styles.row} data-selected={selected || undefined}>
            <span className={styles.picture}>
              {selected ? null : <RecordPicture name={name} icon={icon} />}
              <Checkbox
                radius="xs"
                className={styles.check}
                // Other attributes would land on the input inside.
                wrapperProps={{ 'data-shown': selected || undefined }}
                aria-label={t('records.select', { name })}
                checked={selected}
                onChange={() => selection.toggle(row.id)}
              />
            </span>
            <RecordLink row={row} to={hrefOf(row)} className={styles.link}>
              <span className={styles.text}>
                <span className={styles.name}>{name}</span>
                <span className={styles.second}>{secondary?.(row)}</span>
              </span>
              <span className={styles.aside}>{aside?.(row)}</span>
            </RecordLink>
          </li>
        );
      })}
    </ul>
  );
}
