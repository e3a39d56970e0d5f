import { IconWifiOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { connection } from '@/api/connection';
import { useSignal } from '@/lib/signal';
import styles from './ConnectionStrip.module.css';

export function ConnectionStrip() {
  const { t } = useTranslation();
  const state = useSignal(connection);
  return (
    <div role="status">
      {state !== 'online' && (
        <p className={styles.strip}>
          <IconWifiOff size={15} stroke={1.8} aria-hidden />
          {t(`shell.connection.${state}`)}
        </p>
      )}
    </div>
  );
}
