import { Button, Modal } from '@mantine/core';
import type { FormEventHandler, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '@/api/errors';
import { useReturnFocus } from '@/lib/returnFocus';
import { FormAlert } from '@/ui/FormAlert';
import { useUnsaved } from '@/ui/unsaved';
import styles from './Settings.module.css';

interface DialogProps {
  title: string;
  busy: boolean;
  /** Something is written that closing would lose. */
  dirty: boolean;
  failure: ApiError | null;
  onSubmit: FormEventHandler<HTMLFormElement>;
  onClose: () => void;
  /** What others changed meanwhile. */
  meanwhile?: ReactNode;
  children: ReactNode;
}

/** A small form over the page: one thing to create or change. */
export function Dialog(props: DialogProps) {
  const { title, busy, dirty, failure, onSubmit, onClose, meanwhile, children } = props;
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
      <form className={styles.form} onSubmit={onSubmit} noValidate>
        <FormAlert error={failure} />
        {children}
        {meanwhile}
        <div className={styles.buttons}>
          <Button variant="default" onClick={close}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" loading={busy}>
            {t('ui.save')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
