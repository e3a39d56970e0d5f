import type { FormEvent } from 'react';
import type { MetaAction, MetaField } from '@/api/types';
import type { FormValues } from '@/ui/Edit/values';
import { FormDialog } from '@/ui/FormDialog';
import { FormField } from '@/ui/RecordForm/FormField';
import { useRecordForm } from '@/ui/RecordForm/useRecordForm';

interface ActionDialogProps {
  action: MetaAction;
  run: (values: FormValues) => Promise<unknown>;
  onClose: () => void;
}

const NO_FIELDS: MetaField[] = [];

/** Asks for what an action needs to be told. */
export function ActionDialog({ action, run, onClose }: ActionDialogProps) {
  const { label, fields = NO_FIELDS } = action;
  const save = async (values: FormValues) => {
    await run(values);
    onClose();
  };
  const state = useRecordForm({ fields, save });
  const send = (event: FormEvent) => {
    event.preventDefault();
    void state.submit();
  };
  return (
    <FormDialog
      title={label}
      action={label}
      form={state.form}
      busy={state.busy}
      dirty={state.edit.dirty}
      failure={state.failure}
      onSubmit={send}
      onClose={onClose}
    >
      {fields.map((field) => (
        <div key={field.key} data-field={field.key}>
          <FormField field={field} state={state} autoFocus={field === fields[0]} />
        </div>
      ))}
    </FormDialog>
  );
}
