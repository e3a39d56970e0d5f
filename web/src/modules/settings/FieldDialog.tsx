import { Select, Switch } from '@mantine/core';
import { isNotEmpty, type FormErrors, type UseFormReturnType } from '@mantine/form';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { check } from '@/ui/RecordForm/check';
import { problemText } from '@/ui/RecordForm/problemText';
import { SettingDialog } from '@/ui/Settings/SettingDialog';
import { DefaultValue } from './DefaultValue';
import { FIELD_TYPES, hasDefault, hasOptions, plainField, type FieldType } from './fieldTypes';
import { NameInput } from './NameInput';
import { OptionsEditor } from './OptionsEditor';
import { customFields } from './queries';
import type { CustomField } from './types';

type Values = {
  name: string;
  type: FieldType;
  required: boolean;
  options: string[];
  defaultValue: unknown;
};
const valuesOf = (field?: CustomField): Values => ({
  name: field?.name ?? '',
  type: field?.type ?? 'text',
  required: field?.required ?? false,
  options: field?.options ?? [],
  defaultValue: field?.defaultValue ?? null,
});

const written = (options: string[]) => options.map((text) => text.trim()).filter(Boolean);

interface FieldDialogProps {
  entity: string;
  field?: CustomField;
  position: number;
  onClose: () => void;
}

export function FieldDialog({ entity, field, position, onClose }: FieldDialogProps) {
  const { t } = useTranslation();
  return (
    <SettingDialog
      title={t(field ? 'settings.fields.edit' : 'settings.fields.new')}
      {...customFields}
      live={field}
      valuesOf={valuesOf}
      validate={(values) => problemsOf(t, values)}
      create={({ options, defaultValue, ...rest }) =>
        customFields.create({
          ...{ ...rest, entity, position },
          options: hasOptions(rest.type) ? written(options) : [],
          defaultValue: hasDefault(rest.type) && defaultValue !== '' ? defaultValue : null,
        })
      }
      change={(id, { type: _, options, ...rest }, version) =>
        customFields.update(id, options ? { ...rest, options: written(options) } : rest, version)
      }
      stale={[keys.lists('custom_field'), keys.meta]}
      labels={{
        name: t('settings.name'),
        required: t('settings.fields.requiredLabel'),
        options: t('settings.fields.options'),
        defaultValue: t('settings.fields.default'),
      }}
      onClose={onClose}
    >
      {(form) => <FieldInputs form={form} fixed={field !== undefined} />}
    </SettingDialog>
  );
}

function problemsOf(t: TFunction, { name, type, options, defaultValue }: Values): FormErrors {
  const kind = plainField(type);
  const problem = hasDefault(type) ? check(kind, defaultValue) : null;
  return {
    name: isNotEmpty(t('settings.nameMissing'))(name),
    options:
      hasOptions(type) && written(options).length === 0
        ? t('settings.fields.optionsMissing')
        : null,
    defaultValue: problem && problemText(t, kind, problem),
  };
}

interface FieldInputsProps {
  form: UseFormReturnType<Values>;
  /** Its type stands for ever. */
  fixed: boolean;
}

function FieldInputs({ form, fixed }: FieldInputsProps) {
  const { t } = useTranslation();
  const { type, options, defaultValue } = form.values;
  return (
    <>
      <NameInput {...form.getInputProps('name')} />
      <Select
        label={t('settings.fields.typeLabel')}
        description={fixed ? t('settings.fields.typeFixed') : undefined}
        readOnly={fixed}
        allowDeselect={false}
        data={FIELD_TYPES.map((value) => ({ value, label: t(`settings.fields.type.${value}`) }))}
        {...form.getInputProps('type')}
        onChange={(value) =>
          form.setValues({
            type: FIELD_TYPES.find((one) => one === value) ?? 'text',
            defaultValue: null,
          })
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
        value={defaultValue}
        error={form.errors.defaultValue}
        onChange={(value) => form.setValues({ defaultValue: value })}
      />
      <Switch
        label={t('settings.fields.requiredLabel')}
        {...form.getInputProps('required', { type: 'checkbox' })}
      />
    </>
  );
}
