import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { asLanguage, CHOSEN_AT_THE_DOOR, setLanguage } from '@/i18n';
import { write } from '@/lib/storage';

/** Before anybody is signed in: the choice stays in this browser. */
export function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('shell.language')}
      value={i18n.language}
      onChange={(value) => {
        write(CHOSEN_AT_THE_DOOR, true);
        void setLanguage(asLanguage(value));
      }}
      data={[
        { value: 'pt-BR', label: 'Português' },
        { value: 'en', label: 'English' },
      ]}
    />
  );
}
