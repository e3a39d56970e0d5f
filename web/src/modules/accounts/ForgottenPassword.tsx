import { Anchor, Button, TextInput } from '@mantine/core';
import { isEmail, useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { forgotPassword } from '@/api/account';
import { FormAlert } from '@/ui/FormAlert';
import { useSubmit } from '@/ui/useSubmit';
import { AuthCard } from './AuthCard';
import styles from './AuthCard.module.css';

interface ForgottenPasswordProps {
  /** As it was typed so far. */
  email: string;
  onBack: () => void;
}

/** A link by e-mail, and who helps where no e-mail arrives. */
export function ForgottenPassword({ email, onBack }: ForgottenPasswordProps) {
  const { t } = useTranslation();
  const [isSent, setSent] = useState(false);
  return (
    <AuthCard
      title={t(isSent ? 'auth.forgot.sentTitle' : 'auth.forgot.title')}
      text={t(isSent ? 'auth.forgot.sentText' : 'auth.forgot.text')}
      foot={
        <Anchor component="button" type="button" className={styles.link} onClick={onBack}>
          {t('auth.forgot.back')}
        </Anchor>
      }
    >
      {!isSent && <ForgotForm email={email} onSent={() => setSent(true)} />}
      <p className={styles.hint} role={isSent ? 'status' : undefined}>
        {t('auth.forgottenHelp')}
      </p>
    </AuthCard>
  );
}

function ForgotForm({ email, onSent }: { email: string; onSent: () => void }) {
  const { t } = useTranslation();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email },
    validate: { email: isEmail(t('auth.emailWrong')) },
  });
  const { busy, failure, submit } = useSubmit(form, async (values) => {
    await forgotPassword(values);
    onSent();
  });
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <FormAlert error={failure} />
      <TextInput
        label={t('auth.email')}
        type="email"
        autoComplete="username"
        autoFocus
        key={form.key('email')}
        {...form.getInputProps('email')}
      />
      <Button type="submit" fullWidth className={styles.submit} loading={busy}>
        {t('auth.forgot.send')}
      </Button>
    </form>
  );
}
