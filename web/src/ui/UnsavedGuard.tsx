import { Button, Group, Modal, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSignal } from '@/lib/signal';
import { hasUnsaved, mayLeave, question } from './unsaved';

/** Once for the whole app: asks before anything that is not saved goes away. */
export function UnsavedGuard() {
  const { t } = useTranslation();
  const answer = useSignal(question);
  useBlocker({
    // Drawers and tabs stand in the address too: going back closes them.
    shouldBlockFn: async ({ current, next }) =>
      placeOf(current) !== placeOf(next) && !(await mayLeave()),
    enableBeforeUnload: hasUnsaved,
  });
  // Made only now: one that waits closed would hear the very Esc that opens it.
  if (!answer) return null;
  return (
    <Modal
      opened
      onClose={() => answer(false)}
      title={t('ui.unsaved.title')}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
      size="sm"
    >
      <Text size="sm">{t('ui.unsaved.text')}</Text>
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={() => answer(true)}>
          {t('ui.unsaved.leave')}
        </Button>
        <Button data-autofocus onClick={() => answer(false)}>
          {t('ui.unsaved.stay')}
        </Button>
      </Group>
    </Modal>
  );
}

const placeOf = ({ pathname, search }: { pathname: string; search: object }) =>
  pathname + JSON.stringify(search);
