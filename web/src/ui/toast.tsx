import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { asApiError } from '@/api/errors';
import { t } from '@/i18n';
import styles from './toast.module.css';

interface ToastOptions {
  /** Shows "Desfazer" for ten seconds. */
  undo?: () => void;
  action?: { label: string; run: () => void };
  id?: string;
  /** Milliseconds, or false to stay until dismissed. */
  stay?: number | false;
}

let shown = 0;

function show(text: string, tone: 'done' | 'failed', options: ToastOptions): string {
  const action = options.undo ? { label: t('ui.undo'), run: options.undo } : options.action;
  const usual = options.undo ? 10_000 : tone === 'failed' ? 8000 : 4000;
  const id = options.id ?? `toast-${(shown += 1)}`;
  const run = () => {
    notifications.hide(id);
    action?.run();
  };
  notifications.show({
    id,
    autoClose: options.stay ?? usual,
    withBorder: false,
    color: tone === 'failed' ? 'red' : 'accent',
    classNames: { root: styles.toast, description: styles.text },
    closeButtonProps: { 'aria-label': t('ui.close') },
    message: (
      <span className={styles.line}>
        <span>{text}</span>
        {action && (
          <Button size="xs" variant="subtle" onClick={run}>
            {action.label}
          </Button>
        )}
      </span>
    ),
  });
  return id;
}

/** One sentence in the past tense. Form mistakes are shown at their fields, never here. */
export const toast = {
  done: (text: string, options: ToastOptions = {}) => show(text, 'done', options),
  fail: (error: unknown, options: ToastOptions = {}) => {
    if (typeof error === 'string') return show(error, 'failed', options);
    const problem = asApiError(error);
    // A fault of this program: the reader is told so, the console says which.
    if (problem.kind === 'broken') console.error(error);
    return show(problem.message, 'failed', options);
  },
  hide: (id: string) => notifications.hide(id),
};
