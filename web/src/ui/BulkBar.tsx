import { IconX } from '@tabler/icons-react';
import type { ComponentProps, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './BulkBar.module.css';

interface BulkBarProps {
  text: string;
  /** "Selecionar todos os 1.234": beside the count, while only the page is chosen. */
  more?: ReactNode;
  /** 0 to 1 while the server works; the actions wait. */
  progress?: number;
  onClear: () => void;
  children: ReactNode;
}

/** What can be done with the chosen rows; floats over the list. */
export function BulkBar({ text, more, progress, onClear, children }: BulkBarProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.bar} role="region" aria-label={t('records.bulk.label')}>
      <span className={styles.count} role="status">
        {text}
      </span>
      {progress === undefined ? (
        <>
          {more}
          <span className={styles.line} aria-hidden />
          {children}
          <span className={styles.line} aria-hidden />
          <button
            type="button"
            className={styles.action}
            aria-label={t('records.bulk.clear')}
            onClick={onClear}
          >
            <IconX size={16} stroke={1.8} />
          </button>
        </>
      ) : (
        <progress className={styles.progress} value={progress} max={1} aria-label={text} />
      )}
    </div>
  );
}

interface BulkActionProps extends ComponentProps<'button'> {
  icon?: ReactNode;
  danger?: boolean;
}

export function BulkAction({ icon, danger, children, className, ...rest }: BulkActionProps) {
  return (
    <button
      type="button"
      className={[styles.action, className].filter(Boolean).join(' ')}
      data-danger={danger || undefined}
      {...rest}
    >
      {icon}
      <span className={styles.word}>{children}</span>
    </button>
  );
}
