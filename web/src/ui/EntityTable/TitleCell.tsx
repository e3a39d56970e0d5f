import type { RecordRow } from '@/api/records';
import { Avatar } from '@/ui/Avatar';
import styles from './EntityTable.module.css';
import { RecordLink } from './RecordLink';

interface TitleCellProps {
  row: RecordRow;
  name: string;
  to: string;
  /** People are round, companies square; what is neither has none. */
  face?: 'round' | 'square';
}

/** What a row is called, and the way to it. */
export function TitleCell({ row, name, to, face }: TitleCellProps) {
  return (
    <span className={styles.title}>
      {face && <Avatar name={name} size={24} square={face === 'square'} />}
      <RecordLink row={row} to={to} tabIndex={-1} className={styles.titleLink}>
        {name || '—'}
      </RecordLink>
    </span>
  );
}
