import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/api/errors';
import { ErrorState } from '@/ui/ErrorState';
import { PageHeader } from '@/ui/PageHeader';
import styles from './PageStates.module.css';

function Whole({ children }: { children: ReactNode }) {
  return (
    <main className={styles.page}>
      <h1 className="srOnly">Ponte</h1>
      {children}
    </main>
  );
}

function Failure({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return <ErrorState error={error} onRetry={retry} />;
}

/** Not even the shell could be loaded: the state stands alone. */
export function ProgramFailure(props: ErrorComponentProps) {
  return (
    <Whole>
      <Failure {...props} />
    </Whole>
  );
}

function Page({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={styles.within}>
      <PageHeader title={title} />
      {children}
    </div>
  );
}

/** A page that failed: navigation and everything else around it stay. */
export function PageFailure(props: ErrorComponentProps) {
  const { t } = useTranslation();
  return (
    <Page title={t('ui.error.broken.title')}>
      <Failure {...props} />
    </Page>
  );
}

/** No page has this address. */
export function PageMissing() {
  const { t } = useTranslation();
  return (
    <Page title={t('shell.unknownPage')}>
      <ErrorState error={new ApiError({ status: 404 })} />
    </Page>
  );
}
