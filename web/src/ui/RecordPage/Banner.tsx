import { Button } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import styles from './RecordPage.module.css';

interface BannerProps {
  icon: Icon;
  text: string;
  /** What leads out of this state, for those who may. */
  action?: { label: string; run: () => void };
}

/** The page shows something else than the record as it lives: the past, or what lies in the bin. */
export function Banner({ icon: Picture, text, action }: BannerProps) {
  return (
    <div className={styles.banner} role="status">
      <Picture size={16} stroke={1.8} aria-hidden />
      <span>{text}</span>
      {action && (
        <Button size="xs" variant="default" onClick={action.run}>
          {action.label}
        </Button>
      )}
    </div>
  );
}
