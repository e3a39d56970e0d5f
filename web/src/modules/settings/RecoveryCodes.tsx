import { Button, Group, Modal, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { saveFile } from '@/lib/saveFile';
import { CopyButton } from '@/ui/CopyButton';
import settings from '@/ui/Settings/Settings.module.css';
import styles from './SecondFactor.module.css';

/** The only time that they are on a screen. */
export function RecoveryCodes({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const { t } = useTranslation();
  const text = codes.join('\n');
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('settings.secondFactor.codes')}
      size={460}
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <div className={settings.form}>
        <Text size="sm">{t('settings.secondFactor.codesText')}</Text>
        <ul className={styles.codes} aria-label={t('settings.secondFactor.codes')}>
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <Group gap={8}>
          <CopyButton text={text} label={t('settings.secondFactor.copy')} />
          <Button
            variant="default"
            onClick={() =>
              saveFile(new Blob([`${text}\n`], { type: 'text/plain' }), 'ponte-codigos.txt')
            }
          >
            {t('settings.secondFactor.download')}
          </Button>
        </Group>
        <div className={settings.buttons}>
          <Button onClick={onClose}>{t('settings.secondFactor.kept')}</Button>
        </div>
      </div>
    </Modal>
  );
}
