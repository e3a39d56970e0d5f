import { Button } from '@mantine/core';
import { useMemo, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { getRecord, updateRecord, type RecordRow } from '@/api/records';
import type { MetaEntity, MetaField } from '@/api/types';
import type { FormValues } from '@/ui/Edit/values';
import { useRecordActions } from '@/ui/EntityTable/useRecordActions';
import { FormAlert } from '@/ui/FormAlert';
import { Foreseen } from '@/ui/RecordForm/Foreseen';
import { FormField } from '@/ui/RecordForm/FormField';
import { RecordMeanwhile } from '@/ui/RecordForm/RecordForm';
import { useRecordForm } from '@/ui/RecordForm/useRecordForm';
import { toast } from '@/ui/toast';
import { useUnsaved } from '@/ui/unsaved';
import styles from './RecordPage.module.css';

interface BlockEditorProps {
  entity: MetaEntity;
  field: MetaField;
  record: RecordRow;
  onClose: () => void;
}

/** One field of a record as a form of its own: nothing is saved by leaving a cell of it. */
export function BlockEditor({ entity, field, record, onClose }: BlockEditorProps) {
  const { t } = useTranslation();
  const { refresh, patch } = useRecordActions(entity);
  const fields = useMemo(() => [field], [field]);
  const save = async (changes: FormValues, version?: number) => {
    if (Object.keys(changes).length > 0) {
      const saved = await updateRecord(entity, record.id, changes, version);
      patch(saved.id, (row) => ({ ...row, ...saved }));
      toast.done(t('ui.saved'));
      void refresh(keys.history(entity.name, saved.id), keys.timeline(saved.id));
    }
    onClose();
  };
  const fetch = () => getRecord(entity, record.id);
  const state = useRecordForm({ fields, record, fetch, save });
  const { form, edit, failure, busy, submit } = state;
  const { leave } = useUnsaved(edit.dirty && !busy);
  const send = (event: FormEvent) => {
    event.preventDefault();
    void submit();
  };
  return (
    <form
      ref={form}
      className={styles.blockForm}
      aria-label={field.label}
      noValidate
      onSubmit={send}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) leave(onClose);
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send(event);
      }}
    >
      <FormAlert error={failure} />
      <div data-field={field.key}>
        <FormField field={field} state={state} bare />
      </div>
      <RecordMeanwhile entity={entity} fields={fields} edit={edit} />
      <Foreseen entity={entity} state={state} />
      <div className={styles.blockButtons}>
        <Button variant="default" onClick={() => leave(onClose)}>
          {t('ui.cancel')}
        </Button>
        <Button type="submit" loading={busy}>
          {t('ui.save')}
        </Button>
      </div>
    </form>
  );
}
