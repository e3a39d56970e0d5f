import { Select, Switch, TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import type { CustomField } from '@/api/types';
import { toast } from '@/ui/toast';
import { useSubmit } from '@/ui/useSubmit';
import { DefaultValue } from './DefaultValue';
import { Dialog } from './Dialog';
import { FIELD_TYPES, hasDefault, hasOptions, type FieldType } from './fieldTypes';
import { OptionsEditor } from './OptionsEditor';
import { createField, updateField } from './queries';

interface FieldDialogProps {
  entity: string;
  field?: CustomField;
  position: number;
  onClose: () => void;
}

export function FieldDialog({ entity, field, position, onClose }: FieldDialogProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm({
    initialValues: {
      name: field?.name ?? '',
      type: (field?.type ?? 'text') as FieldType,
      required: field?.required ?? false,
      options: field?.options ?? [],
      defaultValue: (field?.defaultValue ?? null) as unknown,
    },
    validate: {
      name: isNotEmpty(t('settings.nameMissing')),
      options: (options, { type }) =>
        hasOptions(type) && options.filter((option) => option.trim()).length === 0
          ? t('settings.fields.optionsMissing')
          : null,
    },
  });
  const { busy, failure, submit } = useSubmit(form, async (values) => {
    const { type, ...rest } = values;
    const body = {
      ...rest,
      options: hasOptions(type) ? values.options.map((text) => text.trim()).filter(Boolean) : [],
      defaultValue: hasDefault(type) && values.defaultValue !== '' ? values.defaultValue : null,
    };
    if (field) await updateField(field.id, body);
    else await createField({ ...body, type, entity, position });
    await client.invalidateQueries({ queryKey: keys.lists('custom_field') });
    await client.invalidateQueries({ queryKey: keys.meta });
    toast.done(t('ui.saved'));
    onClose();
  });
  const { type, options } = form.values;
  return (
    <Dialog
      title={field ? t('settings.fields.edit') : t('settings.fields.new')}
      busy={busy}
      failure={failure}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label={t('settings.name')}
        withAsterisk
        data-autofocus
        {...form.getInputProps('name')}
      />
      <Select
        label={t('settings.fields.typeLabel')}
        description={field ? t('settings.fields.typeFixed') : undefined}
        readOnly={field !== undefined}
        allowDeselect={false}
        data={FIELD_TYPES.map((value) => ({ value, label: t(`settings.fields.type.${value}`) }))}
        {...form.getInputProps('type')}
        onChange={(value) =>
          form.setValues({ type: (value ?? 'text') as FieldType, defaultValue: null })
        }
      />
      {hasOptions(type) && (
        <OptionsEditor
          options={options}
          error={form.errors.options}
          onChange={(next) => form.setFieldValue('options', next)}
        />
      )}
      <DefaultValue
        type={type}
        options={options.filter(Boolean)}
        value={form.values.defaultValue}
        error={form.errors.defaultValue}
        onChange={(value) => form.setFieldValue('defaultValue', value)}
      />
      <Switch
        label={t('settings.fields.requiredLabel')}
        {...form.getInputProps('required', { type: 'checkbox' })}
      />
    </Dialog>
  );
}
