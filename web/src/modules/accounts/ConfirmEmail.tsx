import { Button } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { confirmEmail } from '@/api/account';
import { FormAlert } from '@/ui/FormAlert';
import { useSubmit } from '@/ui/useSubmit';
import { AuthCard } from './AuthCard';
import styles from './AuthCard.module.css';

/**
 * Where the link leads that was mailed to an address. It is pressed, not only opened: programs that
 * look at mail open links, too.
 */
export function ConfirmEmail({ token }: { token: string }) {
  const { t } = useTranslation();
  const [isDone, setDone] = useState(false);
  const form = useForm({ initialValues: {} });
  const { busy, failure, submit } = useSubmit(form, async () => {
    await confirmEmail(token);
    setDone(true);
  });
  const enter = <Link to="/">{t('auth.ownEmail.enter')}</Link>;
  const title = t(isDone ? 'auth.ownEmail.doneTitle' : 'auth.ownEmail.title');
  const text = t(isDone ? 'auth.ownEmail.doneText' : 'auth.ownEmail.text');
  return (
    <AuthCard title={title} text={text} foot={enter}>
      {!isDone && (
        <form className={styles.form} onSubmit={submit} noValidate>
          <FormAlert error={failure} />
          <Button type="submit" fullWidth className={styles.submit} loading={busy} autoFocus>
            {t('auth.ownEmail.confirm')}
          </Button>
        </form>
      )}
    </AuthCard>
  );
}
