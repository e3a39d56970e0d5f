import { Button, TextInput } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './CopyField.module.css';

interface CopyFieldProps {
  label: string;
  /** How long it holds, and who may see it. */
  text?: string;
  value: string;
  /** The verb on the button. */
  action: string;
}

/** Something to take along that is shown this once: a link, a secret. */
export function CopyField({ label, text, value, action }: CopyFieldProps) {
  const { t } = useTranslation();
  const clipboard = useClipboard();
  const Icon = clipboard.copied ? IconCheck : IconCopy;
  return (
    <div className={styles.field}>
      <TextInput
        label={label}
        description={text}
        value={value}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button
        variant="light"
        leftSection={<Icon size={16} stroke={1.8} />}
        onClick={() => clipboard.copy(value)}
      >
        {clipboard.copied ? t('ui.copied') : action}
      </Button>
    </div>
  );
}
