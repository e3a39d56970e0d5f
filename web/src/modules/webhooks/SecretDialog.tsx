import { Button, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyField } from '@/ui/CopyField';
import styles from '@/ui/Settings/Settings.module.css';

interface SecretDialogProps {
  secret: string;
  onClose: () => void;
}

/** Shown this once: afterwards nobody can read it, not even here. */
export function SecretDialog({ secret, onClose }: SecretDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('webhooks.secret.title')}
      size={460}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <div className={styles.form}>
        <ShownSecret secret={secret} />
        <div className={styles.buttons}>
          <Button onClick={onClose}>{t('webhooks.secret.kept')}</Button>
        </div>
      </div>
    </Modal>
  );
}

export function ShownSecret({ secret }: { secret: string }) {
  const { t } = useTranslation();
  return (
    <CopyField
      label={t('webhooks.secret.label')}
      text={t('webhooks.secret.text')}
      value={secret}
      action={t('webhooks.secret.copy')}
    />
  );
}
