import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { createRecord, fieldsOf, recordDetail, updateRecord } from '@/api/records';
import type { MetaEntity } from '@/api/types';
import { useNavigate } from '@tanstack/react-router';
import { useRecordActions } from '@/ui/EntityTable/useRecordActions';
import type { FormValues } from '@/ui/Edit/values';
import { editable } from '@/ui/RecordForm/formValues';
import { RecordDrawer } from '@/ui/RecordForm/RecordDrawer';
import { toast } from '@/ui/toast';
import { DuplicateHint } from './DuplicateHint';

interface CustomerDrawerProps {
  entity: MetaEntity;
  /** Absent: a new customer. */
  id?: string;
  onClose: () => void;
}

export function CustomerDrawer({ entity, id, onClose }: CustomerDrawerProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { refresh, patch } = useRecordActions(entity);
  const fields = useMemo(() => editable(fieldsOf(entity)), [entity]);
  const { data: record } = useQuery({
    ...recordDetail(entity, id ?? ''),
    enabled: id !== undefined,
  });
  const save = async (values: FormValues, version?: number) => {
    if (record) {
      const saved = await updateRecord(entity, record.id, values, version);
      patch(saved.id, (row) => ({ ...row, ...saved }));
      toast.done(t('ui.saved'));
    } else {
      const { id: created, name } = await createRecord(entity, values);
      toast.done(t('records.created', { name }), {
        action: {
          label: t('records.open'),
          run: () => void navigate({ to: `/clientes/${created}` }),
        },
      });
    }
    onClose();
    await refresh();
  };
  // What is edited must be there first: an empty form would look like a new customer.
  if (id !== undefined && !record) return null;
  return (
    <RecordDrawer
      title={t(id ? 'customers.edit' : 'customers.new')}
      entity={entity}
      fields={fields}
      record={record}
      save={save}
      hint={(key, values) => <DuplicateHint field={key} value={values[key]} exceptId={id} />}
      onClose={onClose}
    />
  );
}
