import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/api/errors';
import { ErrorState } from '@/ui/ErrorState';
import styles from './PageStates.module.css';

/** A route that could not load: the state stands where the page would. */
export function PageFailure({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <main className={styles.page}>
      <h1 className="srOnly">Ponte</h1>
      <ErrorState error={error} onRetry={retry} />
    </main>
  );
}

export function PageMissing() {
  const { t } = useTranslation();
  return (
    <main className={styles.page}>
      <h1 className="srOnly">Ponte</h1>
      <ErrorState
        error={new ApiError({ status: 404 })}
        back={{ label: t('shell.backToStart'), to: '/' }}
      />
    </main>
  );
}
