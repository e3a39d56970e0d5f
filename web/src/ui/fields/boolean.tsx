import { Select, Switch } from '@mantine/core';
import { IconToggleLeft } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { t } from '@/i18n';
import { fold } from '@/lib/fold';
import type { FieldType, TypeInputProps } from './type';

function YesNo({ shared, value, onChange, bare, opened }: TypeInputProps) {
  const { t } = useTranslation();
  return (
    <Select
      {...shared}
      defaultDropdownOpened={opened}
      clearable={!bare}
      data={[
        { value: 'true', label: t('ui.yes') },
        { value: 'false', label: t('ui.no') },
      ]}
      value={typeof value === 'boolean' ? String(value) : null}
      onChange={(next) => onChange(next === null ? null : next === 'true')}
    />
  );
}

function SwitchOrChoice(props: TypeInputProps) {
  const { field, shared, value, onChange, bare } = props;
  if (bare) return <YesNo {...props} />;
  return (
    <Switch
      label={field.label}
      error={shared.error}
      checked={value === true}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

export const boolean: FieldType = {
  icon: IconToggleLeft,
  width: 100,
  atOnce: true,
  text: (value, { t }) => t(value ? 'ui.yes' : 'ui.no'),
  Input: SwitchOrChoice,
  Default: YesNo,
  ops: ['is'],
  asks: true,
  read: (text) => [t('ui.no'), t('ui.yes')].map(fold).indexOf(fold(text)) === 1,
};
