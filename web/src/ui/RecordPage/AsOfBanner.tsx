import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { dateTime } from '@/lib/format';
import styles from './RecordPage.module.css';

/** The page shows the past: nothing can be changed until one comes back. */
export function AsOfBanner({ at, onLeave }: { at: string; onLeave: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={styles.banner} role="status">
      <IconHistory size={16} stroke={1.8} aria-hidden />
      <span>{t('records.history.banner', { date: dateTime(at) })}</span>
      <Button size="xs" variant="default" onClick={onLeave}>
        {t('records.history.now')}
      </Button>
    </div>
  );
}
