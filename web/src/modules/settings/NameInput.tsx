import { TextInput, type TextInputProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** What a setting is called: the first thing that is typed in its dialog. */
export function NameInput(props: TextInputProps) {
  const { t } = useTranslation();
  return <TextInput label={t('settings.name')} withAsterisk data-autofocus {...props} />;
}
