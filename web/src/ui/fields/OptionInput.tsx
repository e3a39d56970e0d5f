import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { optionsOf } from './optionsOf';
import type { TypeInputProps } from './type';

/** One of the declared options. */
export function OptionInput({ field, shared, value, onChange, bare, opened }: TypeInputProps) {
  const { t } = useTranslation();
  // A field that starts with a value always has one.
  const optional = !field.required && (field.default ?? null) === null;
  return (
    <Select
      {...shared}
      data={optionsOf(field)}
      value={typeof value === 'string' && value !== '' ? value : null}
      clearable={optional && !bare}
      allowDeselect={optional}
      defaultDropdownOpened={opened}
      onChange={onChange}
      clearButtonProps={{ 'aria-label': t('ui.clear') }}
    />
  );
}
