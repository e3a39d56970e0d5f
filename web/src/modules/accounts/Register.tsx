import { Button, PasswordInput, TextInput } from '@mantine/core';
import { isEmail, isNotEmpty, useForm } from '@mantine/form';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { register } from '@/api/account';
import { FormAlert } from '@/ui/FormAlert';
import { useSubmit } from '@/ui/useSubmit';
import { AuthCard } from './AuthCard';
import styles from './AuthCard.module.css';
import { useSignedIn } from './useSignedIn';

const SHORTEST = 8;

export function Register({ back }: { back?: string }) {
  const { t } = useTranslation();
  const enter = useSignedIn(back);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { company: '', name: '', email: '', password: '' },
    validate: {
      company: isNotEmpty(t('auth.companyMissing')),
      name: isNotEmpty(t('auth.nameMissing')),
      email: isEmail(t('auth.emailWrong')),
      password: (value) =>
        value.length < SHORTEST ? t('auth.passwordShort', { count: SHORTEST }) : null,
    },
  });
  const { busy, failure, submit } = useSubmit(form, async (values) =>
    enter(await register(values)),
  );
  const field = (name: 'company' | 'name' | 'email', autoComplete: string) => (
    <TextInput
      label={t(`auth.${name}`)}
      autoComplete={autoComplete}
      type={name === 'email' ? 'email' : 'text'}
      key={form.key(name)}
      {...form.getInputProps(name)}
    />
  );
  return (
    <AuthCard
      title={t('auth.registerTitle')}
      text={t('auth.registerText')}
      foot={
        <>
          {t('auth.haveAccount')}{' '}
          <Link to="/entrar" search={{ voltar: back }}>
            {t('auth.signIn')}
          </Link>
        </>
      }
    >
      <form className={styles.form} onSubmit={submit} noValidate>
        <FormAlert error={failure} />
        {field('company', 'organization')}
        {field('name', 'name')}
        {field('email', 'username')}
        <PasswordInput
          label={t('auth.password')}
          description={t('auth.passwordHint', { count: SHORTEST })}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': t('auth.showPassword') }}
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <Button type="submit" fullWidth className={styles.submit} loading={busy}>
          {t('auth.register')}
        </Button>
      </form>
    </AuthCard>
  );
}
