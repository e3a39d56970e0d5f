import { Select, Switch, TextInput } from '@mantine/core';
import { isNotEmpty } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import type { MetaField } from '@/api/types';
import { check } from '@/ui/RecordForm/check';
import { problemText } from '@/ui/RecordForm/problemText';
import { useEditForm } from '@/ui/Edit/useEditForm';
import { toast } from '@/ui/toast';
import { DefaultValue } from './DefaultValue';
import { Dialog } from './Dialog';
import { FIELD_TYPES, hasDefault, hasOptions, type FieldType } from './fieldTypes';
import { OptionsEditor } from './OptionsEditor';
import { createField, getField, updateField } from './queries';
import { SettingMeanwhile } from './SettingMeanwhile';
import type { CustomField } from './types';

const KIND = { name: 'custom_field', plural: 'custom_fields' };

const valuesOf = (field?: CustomField) => ({
  name: field?.name ?? '',
  type: (field?.type ?? 'text') as FieldType,
  required: field?.required ?? false,
  options: field?.options ?? [],
  defaultValue: (field?.defaultValue ?? null) as unknown,
});
type Values = ReturnType<typeof valuesOf>;

const written = (options: string[]) => options.map((text) => text.trim()).filter(Boolean);

interface FieldDialogProps {
  entity: string;
  field?: CustomField;
  position: number;
  onClose: () => void;
}

export function FieldDialog({ entity, field, position, onClose }: FieldDialogProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const saved = async () => {
    await client.invalidateQueries({ queryKey: keys.lists('custom_field') });
    await client.invalidateQueries({ queryKey: keys.meta });
    toast.done(t('ui.saved'));
    onClose();
  };
  const { form, edit, busy, failure, submit } = useEditForm({
    live: field,
    valuesOf,
    validate: {
      name: isNotEmpty(t('settings.nameMissing')),
      options: (options: string[], { type }: Values) =>
        hasOptions(type) && written(options).length === 0
          ? t('settings.fields.optionsMissing')
          : null,
      defaultValue: (value: unknown, { type }: Values) => {
        const kind = { type } as MetaField;
        const problem = hasDefault(type) ? check(kind, value) : null;
        return problem && problemText(t, kind, problem);
      },
    },
    fetch: field && (() => getField(field.id)),
    create: ({ options, defaultValue, ...rest }) =>
      createField({
        ...{ ...rest, entity, position },
        options: hasOptions(rest.type) ? written(options) : [],
        defaultValue: hasDefault(rest.type) && defaultValue !== '' ? defaultValue : null,
      }).then(saved),
    change: ({ type: _, options, ...rest }, { id, version }) =>
      updateField(id, options ? { ...rest, options: written(options) } : rest, version).then(saved),
  });
  const { type, options } = form.values;
  return (
    <Dialog
      title={field ? t('settings.fields.edit') : t('settings.fields.new')}
      busy={busy}
      dirty={edit.dirty}
      failure={failure}
      onSubmit={submit}
      onClose={onClose}
      meanwhile={
        <SettingMeanwhile
          edit={edit}
          of={KIND}
          labels={{
            name: t('settings.name'),
            required: t('settings.fields.requiredLabel'),
            options: t('settings.fields.options'),
            defaultValue: t('settings.fields.default'),
          }}
        />
      }
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
