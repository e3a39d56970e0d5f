import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import {
  IconAlertTriangle,
  IconClock,
  IconCopy,
  IconError404,
  IconLock,
  IconRefreshAlert,
  IconWifiOff,
  type Icon,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { asApiError, type ApiError, type Refusal } from '@/api/errors';
import type { Search } from '@/lib/addresses';
import { EmptyState } from './EmptyState';
import { IconBtn } from './IconBtn';
import styles from './EmptyState.module.css';

interface ErrorStateProps {
  error: unknown;
  onRetry?: () => void;
  /** What could not be shown, in the sentence "Você não pode ver …". */
  subject?: string;
  /** Where a 404 leads back to. */
  back?: { label: string; to: string; search?: Search };
}

const icons: Partial<Record<Refusal, Icon>> = {
  offline: IconWifiOff,
  session: IconLock,
  forbidden: IconLock,
  missing: IconError404,
  changed: IconRefreshAlert,
  busy: IconClock,
};

// Asking for it again finds no more than before.
const FINAL: Refusal[] = ['missing'];

/** Why something cannot be shown, in the words of its kind, and a way on from here. */
export function ErrorState({ error, onRetry, subject, back }: ErrorStateProps) {
  const { t } = useTranslation();
  const problem = asApiError(error);
  const { kind } = problem;
  const Picture = icons[kind] ?? IconAlertTriangle;
  useEffect(() => {
    if (kind !== 'offline' || !onRetry) return;
    window.addEventListener('online', onRetry);
    return () => window.removeEventListener('online', onRetry);
  }, [kind, onRetry]);
  const retry = FINAL.includes(kind) ? undefined : onRetry;
  const way: typeof back = back ?? (retry ? undefined : { label: t('ui.error.back'), to: '/' });
  return (
    <div role="alert">
      <EmptyState
        icon={<Picture size={24} stroke={1.7} />}
        title={t(`ui.error.${kind}.title`, { subject: subject ?? t('ui.error.thisPage') })}
        action={
          <>
            {retry && (
              <Button variant="default" onClick={retry}>
                {t('ui.error.retry')}
              </Button>
            )}
            {way && (
              <Button
                variant="default"
                renderRoot={(props) => <Link to={way.to} search={way.search} {...props} />}
              >
                {way.label}
              </Button>
            )}
          </>
        }
      >
        <Reason problem={problem} />
        {problem.requestId && <RequestId id={problem.requestId} />}
      </EmptyState>
    </div>
  );
}

function Reason({ problem: { kind, message, status, retryAfter } }: { problem: ApiError }) {
  const { t } = useTranslation();
  if (kind === 'busy' && retryAfter) return t('ui.error.busy.wait', { count: retryAfter });
  const told = (kind === 'refused' || kind === 'conflict') && message !== `HTTP ${status}`;
  return told
    ? t('ui.error.because', { reason: message, text: t(`ui.error.${kind}.text`) })
    : t(`ui.error.${kind}.text`);
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
