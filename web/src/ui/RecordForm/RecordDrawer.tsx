import { Button, Drawer, Group, Modal, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordRow } from '@/api/records';
import type { MetaField } from '@/api/types';
import { UnsavedGuard } from '@/ui/UnsavedGuard';
import type { FormValues } from './formValues';
import { RecordForm } from './RecordForm';
import styles from './RecordDrawer.module.css';
import { useRecordForm } from './useRecordForm';

interface RecordDrawerProps {
  title: string;
  fields: MetaField[];
  /** Absent: a new record. */
  record?: RecordRow;
  save: (values: FormValues) => Promise<unknown>;
  hint?: (key: string, values: FormValues) => ReactNode;
  onClose: () => void;
}

/** Creates or edits one record beside the list; nothing typed is lost without asking. */
export function RecordDrawer({ title, fields, record, save, hint, onClose }: RecordDrawerProps) {
  const { t } = useTranslation();
  const [leaving, setLeaving] = useState(false);
  const state = useRecordForm({ fields, record, save });
  const close = () => (state.dirty && !state.busy ? setLeaving(true) : onClose());
  return (
    <Drawer
      opened
      onClose={close}
      closeOnEscape={!leaving}
      title={title}
      size={640}
      padding={0}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
      classNames={{ header: styles.header, content: styles.content, body: styles.body }}
    >
      <RecordForm label={title} fields={fields} state={state} hint={hint} onCancel={close} />
      <UnsavedGuard dirty={state.dirty && !state.busy} />
      {/* Made only now: one that waits closed would hear the very Esc that opens it. */}
      {leaving && (
        <Modal
          opened
          onClose={() => setLeaving(false)}
          title={t('ui.unsaved.title')}
          closeButtonProps={{ 'aria-label': t('ui.close') }}
          size="sm"
        >
          <Text size="sm">{t('ui.unsaved.text')}</Text>
          <Group justify="flex-end" mt="lg" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('ui.unsaved.leave')}
            </Button>
            <Button data-autofocus onClick={() => setLeaving(false)}>
              {t('ui.unsaved.stay')}
            </Button>
          </Group>
        </Modal>
      )}
    </Drawer>
  );
}
