import { Button, Drawer, Group, Modal, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { getRecord, type RecordRow } from '@/api/records';
import type { MetaEntity, MetaField } from '@/api/types';
import type { FormValues } from '@/ui/Edit/values';
import { UnsavedGuard } from '@/ui/UnsavedGuard';
import { RecordForm } from './RecordForm';
import styles from './RecordDrawer.module.css';
import { useRecordForm, type RecordFormOptions } from './useRecordForm';

interface RecordDrawerProps extends Pick<RecordFormOptions, 'save'> {
  title: string;
  entity: MetaEntity;
  fields: MetaField[];
  /** Absent: a new record. */
  record?: RecordRow;
  hint?: (key: string, values: FormValues) => ReactNode;
  onClose: () => void;
}

/** Creates or edits one record beside the list; nothing typed is lost without asking. */
export function RecordDrawer(props: RecordDrawerProps) {
  const { title, entity, fields, record, save, hint, onClose } = props;
  const { t } = useTranslation();
  const [leaving, setLeaving] = useState(false);
  const fetch = record && (() => getRecord(entity, record.id));
  const state = useRecordForm({ fields, record, fetch, save });
  const unsaved = state.edit.dirty && !state.busy;
  const close = () => (unsaved ? setLeaving(true) : onClose());
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
      <RecordForm
        label={title}
        entity={entity}
        fields={fields}
        state={state}
        hint={hint}
        onCancel={close}
      />
      <UnsavedGuard dirty={unsaved} />
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
