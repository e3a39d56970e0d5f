import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Export } from '@/api/exports';
import { num } from '@/lib/format';
import { workTrouble } from '@/lib/workTrouble';
import { saveExport } from './useExport';

interface ExportProgressProps {
  of: Export;
  running: boolean;
  onCancel: () => void;
  onClose: () => void;
}

/** How far it is; then the file, or why there is none. */
export function ExportProgress({ of, running, onCancel, onClose }: ExportProgressProps) {
  const { t } = useTranslation();
  const { state, processed, total, fileName, error } = of;
  const share = total > 0 ? Math.min(100, (processed / total) * 100) : 0;
  const text = running
    ? t('exports.running', { processed: num(processed), total: num(total) })
    : state === 'done'
      ? t('exports.ready', { name: fileName })
      : (workTrouble(t, error) ?? t('exports.failed'));
  return (
    <Stack gap={14}>
      <Text role="status">{text}</Text>
      {running && <Progress value={share} size={6} aria-label={fileName} />}
      {running && (
        <Text size="sm" c="dimmed">
          {t('exports.mayClose')}
        </Text>
      )}
      <Group gap={8} justify="flex-end">
        {running && (
          <Button variant="default" onClick={onCancel}>
            {t('exports.cancel')}
          </Button>
        )}
        <Button variant="default" onClick={onClose}>
          {t('ui.close')}
        </Button>
        {state === 'done' && (
          <Button
            leftSection={<IconDownload size={16} stroke={1.8} />}
            onClick={() => void saveExport(of)}
          >
            {t('exports.download')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
