import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import {
  IconAlertTriangle,
  IconCopy,
  IconError404,
  IconLock,
  IconWifiOff,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { asApiError, type ApiError } from '@/api/errors';
import { EmptyState } from './EmptyState';
import { IconBtn } from './IconBtn';
import styles from './EmptyState.module.css';

interface ErrorStateProps {
  error: unknown;
  onRetry?: () => void;
  /** What could not be shown, in the sentence "Você não pode ver …". */
  subject?: string;
  /** Where a 404 leads back to. */
  back?: { label: string; to: string };
}

const icons: Record<string, ReactNode> = {
  offline: <IconWifiOff size={24} stroke={1.7} />,
  forbidden: <IconLock size={24} stroke={1.7} />,
  missing: <IconError404 size={24} stroke={1.7} />,
  failed: <IconAlertTriangle size={24} stroke={1.7} />,
};

function kindOf(error: ApiError): string {
  if (error.offline) return 'offline';
  if (error.forbidden) return 'forbidden';
  return error.notFound ? 'missing' : 'failed';
}

export function ErrorState({ error, onRetry, subject, back }: ErrorStateProps) {
  const { t } = useTranslation();
  const problem = asApiError(error);
  const kind = kindOf(problem);
  useEffect(() => {
    if (kind !== 'offline' || !onRetry) return;
    window.addEventListener('online', onRetry);
    return () => window.removeEventListener('online', onRetry);
  }, [kind, onRetry]);
  const retryable = onRetry && kind !== 'forbidden' && kind !== 'missing';
  return (
    <div role="alert">
      <EmptyState
        icon={icons[kind]}
        title={t(`ui.error.${kind}.title`, { subject: subject ?? t('ui.error.thisPage') })}
        action={
          <>
            {retryable && (
              <Button variant="default" onClick={onRetry}>
                {t('ui.error.retry')}
              </Button>
            )}
            {back && (
              <Button variant="default" renderRoot={(props) => <Link to={back.to} {...props} />}>
                {back.label}
              </Button>
            )}
          </>
        }
      >
        {t(`ui.error.${kind}.text`)}
        {problem.requestId && <RequestId id={problem.requestId} />}
      </EmptyState>
    </div>
  );
}

function RequestId({ id }: { id: string }) {
  const { t } = useTranslation();
  const clipboard = useClipboard();
  return (
    <span className={styles.request}>
      {t('ui.error.request', { id })}
      <IconBtn
        label={clipboard.copied ? t('ui.copied') : t('ui.copy')}
        onClick={() => clipboard.copy(id)}
      >
        <IconCopy size={14} stroke={1.8} />
      </IconBtn>
    </span>
  );
}
