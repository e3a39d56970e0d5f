import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** Takes a text along, and says so. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation();
  const clipboard = useClipboard();
  const Icon = clipboard.copied ? IconCheck : IconCopy;
  return (
    <Button
      variant="light"
      leftSection={<Icon size={16} stroke={1.8} />}
      onClick={() => clipboard.copy(text)}
    >
      {clipboard.copied ? t('ui.copied') : label}
    </Button>
  );
}
