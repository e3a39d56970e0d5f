import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './SaveBar.module.css';
import { useUnsaved } from './unsaved';

interface SaveBarProps {
  dirty: boolean;
  busy?: boolean;
  /** The form's id, when the bar stands outside of it. */
  form?: string;
  onDiscard: () => void;
}

/** Of a form: appears at the bottom while something is not saved, and guards the way out. */
export function SaveBar({ dirty, busy, form, onDiscard }: SaveBarProps) {
  const { t } = useTranslation();
  useUnsaved(dirty);
  if (!dirty) return null;
  return (
    <div className={styles.bar} role="region" aria-label={t('ui.unsaved.bar')}>
      <span className={styles.text}>{t('ui.unsaved.bar')}</span>
      <Button variant="default" onClick={onDiscard} disabled={busy}>
        {t('ui.discard')}
      </Button>
      <Button type="submit" form={form} loading={busy}>
        {t('ui.save')}
      </Button>
    </div>
  );
}
