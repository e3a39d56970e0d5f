import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { getRecord, type RecordRow } from '@/api/records';
import type { MetaEntity, MetaField } from '@/api/types';
import type { FormValues } from '@/ui/Edit/values';
import { useReturnFocus } from '@/lib/returnFocus';
import { typeOf } from '@/ui/fields';
import { useUnsaved } from '@/ui/unsaved';
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
  useReturnFocus();
  const fetch = record && (() => getRecord(entity, record.id));
  const state = useRecordForm({ fields, record, fetch, save });
  const { leave, asking } = useUnsaved(state.edit.dirty && !state.busy);
  const close = () => leave(onClose);
  return (
    <Drawer
      opened
      onClose={close}
      closeOnEscape={!asking}
      title={title}
      // A table needs more room than fields do.
      size={fields.some((field) => typeOf(field).composed) ? 1040 : 640}
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
    </Drawer>
  );
}
