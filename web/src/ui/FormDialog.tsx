import { Button, Group, Modal, Stack } from '@mantine/core';
import type { FormEventHandler, ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '@/api/errors';
import { useReturnFocus } from '@/lib/returnFocus';
import { FormAlert } from './FormAlert';
import { useUnsaved } from './unsaved';

interface FormDialogProps {
  title: string;
  /** The verb on its button; absent: it saves. */
  action?: string;
  busy: boolean;
  /** Something is written that closing would lose. */
  dirty: boolean;
  failure: ApiError | null;
  form?: Ref<HTMLFormElement>;
  onSubmit: FormEventHandler<HTMLFormElement>;
  onClose: () => void;
  /** What others changed meanwhile. */
  meanwhile?: ReactNode;
  children: ReactNode;
}

/** A small form over the page: one thing to create, to change or to say. */
export function FormDialog(props: FormDialogProps) {
  const { title, action, busy, dirty, failure, form, onSubmit, onClose } = props;
  const { meanwhile, children } = props;
  const { t } = useTranslation();
  useReturnFocus();
  const { leave, asking } = useUnsaved(dirty && !busy);
  const close = () => leave(onClose);
  return (
    <Modal
      opened
      onClose={close}
      closeOnEscape={!asking}
      title={title}
      size={460}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <form ref={form} onSubmit={onSubmit} noValidate>
        <Stack gap={14}>
          <FormAlert error={failure} />
          {children}
          {meanwhile}
          <Group gap={8} mt={6} justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('ui.cancel')}
            </Button>
            <Button type="submit" loading={busy}>
              {action ?? t('ui.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
