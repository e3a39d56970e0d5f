import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Hue } from '@/lib/hues';
import styles from './Tag.module.css';

interface TagProps {
  hue?: Hue;
  dot?: boolean;
  children: ReactNode;
  onRemove?: () => void;
  removeLabel?: string;
}

export function Tag({ hue = 'gray', dot = false, children, onRemove, removeLabel }: TagProps) {
  return (
    <span className={styles.tag} data-hue={hue}>
      {dot && <span className={styles.dot} />}
      <span className={styles.text}>{children}</span>
      {onRemove && (
        <button type="button" className={styles.remove} aria-label={removeLabel} onClick={onRemove}>
          <IconX size={12} stroke={2} />
        </button>
      )}
    </span>
  );
}
