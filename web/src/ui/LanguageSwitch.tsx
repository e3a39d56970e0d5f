import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { asLanguage, setLanguage } from '@/i18n';

/** Before anybody is signed in: the choice stays in this browser. */
export function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('shell.language')}
      value={i18n.language}
      onChange={(value) => void setLanguage(asLanguage(value))}
      data={[
        { value: 'pt-BR', label: 'Português' },
        { value: 'en', label: 'English' },
      ]}
    />
  );
}
