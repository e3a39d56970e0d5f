import { Button, PasswordInput, TextInput, UnstyledButton } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { login } from '@/api/account';
import { asApiError } from '@/api/errors';
import { CodeField, useCodeWanted } from '@/ui/CodeField';
import { FormAlert } from '@/ui/FormAlert';
import { useSubmit } from '@/ui/useSubmit';
import { AuthCard } from './AuthCard';
import styles from './AuthCard.module.css';
import { ForgottenPassword } from './ForgottenPassword';
import { ProviderButtons } from './ProviderButtons';
import { ProviderSignIn } from './ProviderSignIn';
import { broughtBack } from './providerWay';
import { useCountdown } from './useCountdown';
import { useSignedIn } from './useSignedIn';

export function SignIn({ back }: { back?: string }) {
  const brought = useMemo(() => broughtBack(back), [back]);
  return brought ? <ProviderSignIn brought={brought} /> : <PasswordSignIn back={back} />;
}

function PasswordSignIn({ back }: { back?: string }) {
  const { t } = useTranslation();
  const enter = useSignedIn(back);
  const wait = useCountdown();
  const code = useCodeWanted();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '', password: '', code: '' },
    validate: {
      email: isNotEmpty(t('auth.emailMissing')),
      password: isNotEmpty(t('auth.passwordMissing')),
    },
  });
  const { busy, failure, submit } = useSubmit(form, async (values) => {
    try {
      await enter(await login(values));
    } catch (error) {
      const problem = asApiError(error);
      if (code.isAsking(problem)) return;
      if (problem.status === 429) wait.start(problem.retryAfter ?? 30);
      throw problem;
    }
  });
  const [forgotten, setForgotten] = useState<string | null>(null);
  if (forgotten !== null) {
    return <ForgottenPassword email={forgotten} onBack={() => setForgotten(null)} />;
  }
  const limited = wait.left > 0;
  const said = limited ? t('auth.limited', { count: wait.left }) : undefined;
  return (
    <AuthCard
      title={t('auth.signInTitle')}
      text={t('auth.signInText')}
      foot={
        <>
          {t('auth.noAccount')}{' '}
          <Link to="/cadastrar" search={{ voltar: back }}>
            {t('auth.registerLink')}
          </Link>
        </>
      }
    >
      <form className={styles.form} onSubmit={submit} noValidate>
        {(limited || failure?.status !== 429) && <FormAlert error={failure} text={said} />}
        <TextInput
          label={t('auth.email')}
          type="email"
          autoComplete="username"
          autoFocus
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label={t('auth.password')}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': t('auth.showPassword') }}
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        {code.wanted && <CodeField key={form.key('code')} {...form.getInputProps('code')} />}
        <div>
          <UnstyledButton
            className={styles.link}
            onClick={() => setForgotten(form.getValues().email)}
          >
            {t('auth.forgotten')}
          </UnstyledButton>
        </div>
        <Button type="submit" fullWidth className={styles.submit} loading={busy} disabled={limited}>
          {t('auth.signIn')}
        </Button>
      </form>
      <ProviderButtons back={back} />
    </AuthCard>
  );
}
