import { PasswordInput, Text } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { renderSVG } from 'uqr';
import { CodeField } from '@/ui/CodeField';
import { CopyField } from '@/ui/CopyField';
import { FormDialog } from '@/ui/FormDialog';
import { useSubmit } from '@/ui/useSubmit';
import { beginSecondFactor, confirmSecondFactor, secondFactorQuery } from './queries';
import styles from './SecondFactor.module.css';

interface SecondFactorDialogProps {
  onCodes: (codes: string[]) => void;
  onClose: () => void;
}

/** First the password, then the picture for the app and what the app makes of it. */
export function SecondFactorDialog({ onCodes, onClose }: SecondFactorDialogProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [begun, setBegun] = useState<{ secret: string; uri: string } | null>(null);
  const form = useForm({
    initialValues: { password: '', code: '' },
    validate: {
      password: isNotEmpty(t('auth.passwordMissing')),
      code: (code) => (begun && !code.trim() ? t('settings.secondFactor.codeMissing') : null),
    },
  });
  const { busy, failure, submit } = useSubmit(form, async ({ password, code }) => {
    if (!begun) return setBegun(await beginSecondFactor(password));
    const codes = await confirmSecondFactor(code);
    await client.invalidateQueries({ queryKey: secondFactorQuery.queryKey });
    onCodes(codes);
    onClose();
  });
  return (
    <FormDialog
      title={t('settings.secondFactor.enable')}
      action={t(begun ? 'settings.secondFactor.confirm' : 'settings.secondFactor.next')}
      busy={busy}
      dirty={false}
      failure={failure}
      onSubmit={submit}
      onClose={onClose}
    >
      {begun ? (
        <>
          <Text size="sm">{t('settings.secondFactor.scan')}</Text>
          <Picture text={begun.uri} />
          <CopyField
            label={t('settings.secondFactor.secret')}
            text={t('settings.secondFactor.secretText')}
            value={begun.secret.replace(/(.{4})(?=.)/g, '$1 ')}
            action={t('settings.secondFactor.copy')}
          />
          <CodeField description={undefined} {...form.getInputProps('code')} />
        </>
      ) : (
        <>
          <Text size="sm">{t('settings.secondFactor.begin')}</Text>
          <PasswordInput
            label={t('auth.password')}
            autoComplete="current-password"
            data-autofocus
            visibilityToggleButtonProps={{ 'aria-label': t('auth.showPassword') }}
            {...form.getInputProps('password')}
          />
        </>
      )}
    </FormDialog>
  );
}

/** Dark on light in every theme: cameras read nothing else. */
function Picture({ text }: { text: string }) {
  const { t } = useTranslation();
  const source = `data:image/svg+xml;utf8,${encodeURIComponent(renderSVG(text, { border: 2 }))}`;
  return <img className={styles.picture} src={source} alt={t('settings.secondFactor.picture')} />;
}
