import { TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '@/api/errors';

/** What the app on the telephone shows, or one of the codes for the day on which it is lost. */
export function CodeField(props: TextInputProps) {
  const { t } = useTranslation();
  return (
    <TextInput
      label={t('auth.code.label')}
      description={t('auth.code.text')}
      autoComplete="one-time-code"
      inputMode="text"
      autoFocus
      {...props}
    />
  );
}

const REQUIRED = 'auth.code_required';

/** Who has a second factor learns so when the password was right; it is no failure. */
export function useCodeWanted() {
  const [wanted, setWanted] = useState(false);
  const isAsking = (problem: ApiError) => {
    if (problem.code !== REQUIRED) return false;
    setWanted(true);
    return true;
  };
  return { wanted, isAsking };
}
