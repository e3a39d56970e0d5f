import { Button, Progress as Bar } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isFuture } from '@/lib/format';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { StatusTag } from '@/ui/StatusTag';
import { toast } from '@/ui/toast';
import styles from './Settings.module.css';

const RUNNING = ['queued', 'running', 'undoing'];
export const isRunning = (state: string) => RUNNING.includes(state);

interface ProgressProps {
  name: string;
  state: string;
  processed: number;
  total: number;
}

/** How far a long piece of work is: a bar while it runs, one word when it has ended. */
export function Progress({ name, state, processed, total }: ProgressProps) {
  const { t } = useTranslation();
  const share = total > 0 ? Math.min(100, (processed / total) * 100) : 0;
  return (
    <>
      {isRunning(state) && (
        <Bar className={styles.progress} value={share} size={6} aria-label={name} />
      )}
      <StatusTag value={state} label={t(`settings.state.${state}`)} />
    </>
  );
}

interface UndoButtonProps {
  state: string;
  until?: string | null;
  label: string;
  /** What will be undone, with numbers. */
  text: string;
  onUndo: () => Promise<unknown>;
}

/** Offered as long as the server still can; asks first. */
export function UndoButton({ state, until, label, text, onUndo }: UndoButtonProps) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  if (state !== 'done' || !isFuture(until)) return null;
  const undo = async () => {
    await onUndo();
    toast.done(t('settings.undoStarted'));
  };
  return (
    <>
      <Button size="xs" variant="default" aria-label={label} onClick={() => setAsking(true)}>
        {t('ui.undo')}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={t('settings.undoAsk')}
        text={text}
        action={t('ui.undo')}
        onConfirm={undo}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
