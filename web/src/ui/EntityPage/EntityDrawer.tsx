import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { createRecord, recordDetail, updateRecord } from '@/api/records';
import { useFieldsFor } from '@/api/state';
import { addressOf } from '@/lib/addresses';
import type { FormValues } from '@/ui/Edit/values';
import { useRecordActions } from '@/ui/EntityTable/useRecordActions';
import { editable } from '@/ui/RecordForm/formValues';
import { RecordDrawer } from '@/ui/RecordForm/RecordDrawer';
import type { EntityFormProps } from '@/ui/screens';
import { toast } from '@/ui/toast';
import { entityWords } from './words';

interface EntityDrawerProps extends EntityFormProps {
  /** Where the sentences of its module begin. */
  own?: string;
  /** What stands below a field: "Já existe um cliente com este e-mail". */
  hint?: (key: string, values: FormValues) => ReactNode;
}

/** Creates or edits a record of any entity. */
export function EntityDrawer({ entity, id, own, hint, onClose }: EntityDrawerProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { refresh, patch } = useRecordActions(entity);
  const { data: record } = useQuery({
    ...recordDetail(entity, id ?? ''),
    enabled: id !== undefined,
  });
  const all = useFieldsFor(entity, record);
  const fields = useMemo(() => editable(all), [all]);
  const tellCreated = (to: string, name: string) =>
    toast.done(t('records.created', { name }), {
      action: { label: t('records.open'), run: () => void navigate({ to }) },
    });
  const save = async (values: FormValues, version?: number) => {
    if (record) {
      const saved = await updateRecord(entity, record.id, values, version);
      patch(saved.id, (row) => ({ ...row, ...saved }));
      toast.done(t('ui.saved'));
    } else {
      const created = await createRecord(entity, values);
      const name = String(created[entity.titleField] ?? entity.label);
      tellCreated(addressOf(entity.name, created.id), name);
    }
    onClose();
    await refresh();
  };
  // What is edited must be there first: an empty form would look like a new record.
  if (id !== undefined && !record) return null;
  const words = entityWords(entity, own);
  return (
    <RecordDrawer
      title={id ? words.edit : words.create}
      entity={entity}
      fields={fields}
      record={record}
      save={save}
      hint={hint}
      onClose={onClose}
    />
  );
}
