import type { Icon } from '@tabler/icons-react';
import { Avatar } from '@/ui/Avatar';
import styles from './EntityTable.module.css';

interface RecordPictureProps {
  name: string;
  icon: Icon | undefined;
}

/** What a row or a card begins with: who it is, or what. */
export function RecordPicture({ name, icon: Picture }: RecordPictureProps) {
  if (!Picture) return <Avatar name={name} size={36} />;
  return (
    <span className={styles.tile}>
      <Picture size={18} stroke={1.7} aria-hidden />
    </span>
  );
}
