import { Button, Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Import } from '@/api/types';
import { num, percent } from '@/lib/format';
import { Counts } from './Counts';
import styles from './Import.module.css';

interface ImportProgressProps {
  row: Import;
  title: string;
  onCancel?: () => void;
}

export function ImportProgress({ row, title, onCancel }: ImportProgressProps) {
  const { t } = useTranslation();
  const share = row.total > 0 ? Math.min(1, row.processed / row.total) : 0;
  return (
    <>
      <div className={styles.reportHead}>
        <div role="status">
          <h2 className={styles.title}>{title}</h2>
        </div>
        <span className="num">{percent(share)}</span>
      </div>
      <Progress value={share * 100} size={8} aria-label={title} />
      <p className={styles.quiet}>
        {t('imports.progress', { processed: num(row.processed), total: num(row.total) })}
        {row.rowsPerSecond
          ? ` · ${t('imports.speed', { number: num(Math.round(row.rowsPerSecond)) })}`
          : ''}
      </p>
      <Counts row={row} />
      <p className={styles.quiet}>{t('imports.leave')}</p>
      {onCancel && (
        <div className={styles.buttons}>
          <Button variant="default" onClick={onCancel}>
            {t('ui.cancel')}
          </Button>
        </div>
      )}
    </>
  );
}
