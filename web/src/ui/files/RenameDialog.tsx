import { TextInput } from '@mantine/core';
import { isNotEmpty } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { getRecord, updateRecord, type RecordRow } from '@/api/records';
import type { MetaEntity } from '@/api/types';
import { Meanwhile } from '@/ui/Edit/Meanwhile';
import { useEditForm } from '@/ui/Edit/useEditForm';
import { FormDialog } from '@/ui/FormDialog';

interface RenameDialogProps {
  entity: MetaEntity;
  row: RecordRow;
  onSaved: () => Promise<unknown>;
  onClose: () => void;
}

/** What a file is called here; the file itself keeps the name that it came with. */
export function RenameDialog({ entity, row, onSaved, onClose }: RenameDialogProps) {
  const { t } = useTranslation();
  const label = entity.fields.find(({ key }) => key === entity.titleField)?.label ?? '';
  const { form, edit, busy, failure, submit } = useEditForm({
    live: row,
    valuesOf: (one) => ({ name: String(one?.[entity.titleField] ?? '') }),
    validate: { name: isNotEmpty(t('records.files.nameMissing')) },
    fetch: () => getRecord(entity, row.id),
    change: async ({ name }, { id, version }) => {
      if (name) await updateRecord(entity, id, { [entity.titleField]: name.trim() }, version);
      await onSaved();
      onClose();
    },
  });
  return (
    <FormDialog
      title={t('records.files.rename')}
      busy={busy}
      dirty={edit.dirty}
      failure={failure}
      onSubmit={submit}
      onClose={onClose}
      meanwhile={
        <Meanwhile
          edit={edit}
          of={entity}
          labelOf={() => label}
          textOf={(_, one) => String(one[entity.titleField] ?? '')}
        />
      }
    >
      <TextInput
        label={label}
        withAsterisk
        maxLength={200}
        data-autofocus
        {...form.getInputProps('name')}
      />
    </FormDialog>
  );
}
