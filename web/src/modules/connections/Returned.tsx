import { Loader } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './Connections.module.css';
import type { Connection } from './queries';
import { isSettled, problemText } from './states';

/** What came of the way to the provider, at the top of the page that it began on. */
export function Returned({ connection }: { connection?: Connection }) {
  const { t } = useTranslation();
  if (!connection) return null;
  const { problem, account } = connection;
  const isWaiting = !isSettled(connection);
  const Picture = problem ? IconAlertTriangle : IconCircleCheck;
  return (
    <p
      role={problem ? 'alert' : 'status'}
      className={styles.banner}
      data-tone={problem ? 'problem' : isWaiting ? 'waiting' : 'done'}
    >
      {isWaiting ? <Loader size={16} /> : <Picture size={18} stroke={1.8} aria-hidden />}
      {isWaiting
        ? t('connections.returned.waiting')
        : (problemText(t, problem) ??
          t(account ? 'connections.returned.account' : 'connections.returned.done', { account }))}
    </p>
  );
}
