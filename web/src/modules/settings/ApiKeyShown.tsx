import { Button, Modal, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyField } from '@/ui/CopyField';
import settings from '@/ui/Settings/Settings.module.css';
import styles from './ApiKeys.module.css';

/** How to call the API of this installation. */
export function CurlExample({ apiKey = 'ponte_…' }: { apiKey?: string }) {
  const { t } = useTranslation();
  const lines = [
    `curl "${location.origin}/api/v1/contacts" ` + '\\',
    `  -H "Authorization: Bearer ${apiKey}"`,
  ];
  return (
    <pre className={styles.code} tabIndex={0} aria-label={t('settings.apiKeys.example')}>
      {lines.join('\n')}
    </pre>
  );
}

/** The only time that the key is on a screen. */
export function ApiKeyShown({ apiKey, onClose }: { apiKey: string; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('settings.apiKeys.made')}
      size={460}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <div className={settings.form}>
        <Text size="sm">{t('settings.apiKeys.madeText')}</Text>
        <CopyField
          label={t('settings.apiKeys.key')}
          value={apiKey}
          action={t('settings.apiKeys.copy')}
        />
        <CurlExample apiKey={apiKey} />
        <div className={settings.buttons}>
          <Button variant="default" onClick={onClose}>
            {t('ui.close')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
