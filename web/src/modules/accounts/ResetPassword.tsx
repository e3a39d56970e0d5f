import { Button, PasswordInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { resetPassword } from '@/api/account';
import { FormAlert } from '@/ui/FormAlert';
import { useSubmit } from '@/ui/useSubmit';
import { AuthCard } from './AuthCard';
import styles from './AuthCard.module.css';

const SHORTEST = 8;

/** Where the link leads that an administrator made: a new password, without the old one. */
export function ResetPassword({ token }: { token: string }) {
  const { t } = useTranslation();
  const [isDone, setDone] = useState(false);
  const enter = <Link to="/entrar">{t('auth.signIn')}</Link>;
  if (isDone) {
    return (
      <AuthCard title={t('auth.reset.doneTitle')} text={t('auth.reset.doneText')} foot={enter}>
        {null}
      </AuthCard>
    );
  }
  return (
    <AuthCard title={t('auth.reset.title')} text={t('auth.reset.text')} foot={enter}>
      <ResetForm token={token} onDone={() => setDone(true)} />
    </AuthCard>
  );
}

function ResetForm({ token, onDone }: { token: string; onDone: () => void }) {
  const { t } = useTranslation();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { newPassword: '' },
    validate: {
      newPassword: (value) =>
        value.length < SHORTEST ? t('auth.passwordShort', { count: SHORTEST }) : null,
    },
  });
  const { busy, failure, submit } = useSubmit(form, async ({ newPassword }) => {
    await resetPassword({ token, newPassword });
    onDone();
  });
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <FormAlert error={failure} />
      <PasswordInput
        label={t('auth.reset.new')}
        description={t('auth.passwordHint', { count: SHORTEST })}
        autoComplete="new-password"
        autoFocus
        visibilityToggleButtonProps={{ 'aria-label': t('auth.showPassword') }}
        key={form.key('newPassword')}
        {...form.getInputProps('newPassword')}
      />
      <Button type="submit" fullWidth className={styles.submit} loading={busy}>
        {t('auth.reset.save')}
      </Button>
    </form>
  );
}
