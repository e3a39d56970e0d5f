import { Button, Progress as Bar } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isFuture } from '@/lib/format';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import styles from '@/ui/Settings/Settings.module.css';
import { StatusTag } from '@/ui/StatusTag';
import { toast } from '@/ui/toast';

const RUNNING = ['queued', 'running', 'undoing'];
/** Ended with something written: a stop half-way can be undone, too. */
const ENDED = ['done', 'failed', 'cancelled'];
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

interface CancelButtonProps {
  state: string;
  label: string;
  onCancel: () => Promise<unknown>;
}

/** Stops it before its next batch; what is written stays, and can be undone. */
export function CancelButton({ state, label, onCancel }: CancelButtonProps) {
  const { t } = useTranslation();
  if (state !== 'queued' && state !== 'running') return null;
  const cancel = () => onCancel().catch((error) => toast.fail(error));
  return (
    <Button size="xs" variant="default" aria-label={label} onClick={() => void cancel()}>
      {t('ui.cancel')}
    </Button>
  );
}

interface ResumeButtonProps {
  /** Whether the server can go on from where it stopped. */
  resumable: boolean;
  label: string;
  onResume: () => Promise<unknown>;
}

/** Lets what has stopped go on, and says so. */
export function useGoingOn() {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const goOn = async (by: () => Promise<unknown>) => {
    setBusy(true);
    try {
      await by();
      toast.done(t('ui.resumed'));
    } catch (error) {
      toast.fail(error);
    } finally {
      setBusy(false);
    }
  };
  return { busy, goOn };
}

export function ResumeButton({ resumable, label, onResume }: ResumeButtonProps) {
  const { t } = useTranslation();
  const { busy, goOn } = useGoingOn();
  if (!resumable) return null;
  return (
    <Button
      size="xs"
      variant="default"
      loading={busy}
      aria-label={label}
      onClick={() => void goOn(onResume)}
    >
      {t('ui.resume')}
    </Button>
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
  if (!ENDED.includes(state) || !isFuture(until)) return null;
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
