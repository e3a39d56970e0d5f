import { Button, PasswordInput, TextInput } from '@mantine/core';
import { isEmail, isNotEmpty, useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeEmail, ownEmailQuery } from '@/api/account';
import { ErrorState } from '@/ui/ErrorState';
import { FormDialog } from '@/ui/FormDialog';
import styles from '@/ui/Settings/Settings.module.css';
import { Section } from '@/ui/Settings/SettingsPage';
import { toast } from '@/ui/toast';
import { useSubmit } from '@/ui/useSubmit';

/** The address that one signs in with: confirmed or not, and changed by a link that goes there. */
export function EmailSection() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(ownEmailQuery);
  const [isOpen, setOpen] = useState(false);
  const form = useForm({ initialValues: {} });
  const { busy, submit } = useSubmit(form, async () => {
    if (!data) return;
    await changeEmail({ email: data.email });
    toast.done(t('settings.ownEmail.sent', { email: data.email }));
    await client.invalidateQueries({ queryKey: ownEmailQuery.queryKey });
  });
  const waits = data?.wanted && data.wanted !== data.email ? data.wanted : null;
  return (
    <Section title={t('settings.ownEmail.title')} text={t('settings.ownEmail.text')}>
      {error && !data && (
        <ErrorState
          error={error}
          subject={t('settings.ownEmail.subject')}
          onRetry={() => void refetch()}
        />
      )}
      {data && (
        <form onSubmit={submit} noValidate>
          <p className={styles.note}>
            <strong>{data.email}</strong>{' '}
            {t(data.confirmed ? 'settings.ownEmail.confirmed' : 'settings.ownEmail.unconfirmed')}
          </p>
          {waits && <p className={styles.note}>{t('settings.ownEmail.waits', { email: waits })}</p>}
          <div className={styles.buttons}>
            {!data.confirmed && (
              <Button type="submit" variant="default" loading={busy}>
                {t('settings.ownEmail.send')}
              </Button>
            )}
            <Button variant="default" onClick={() => setOpen(true)}>
              {t('settings.ownEmail.change')}
            </Button>
          </div>
        </form>
      )}
      {isOpen && <EmailDialog onClose={() => setOpen(false)} />}
    </Section>
  );
}

function EmailDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm({
    initialValues: { email: '', currentPassword: '' },
    validate: {
      email: isEmail(t('auth.emailWrong')),
      currentPassword: isNotEmpty(t('settings.profile.currentMissing')),
    },
  });
  const { busy, failure, submit } = useSubmit(form, async (values) => {
    await changeEmail(values);
    toast.done(t('settings.ownEmail.sent', { email: values.email }));
    onClose();
    await client.invalidateQueries({ queryKey: ownEmailQuery.queryKey });
  });
  return (
    <FormDialog
      title={t('settings.ownEmail.change')}
      action={t('settings.ownEmail.sendLink')}
      busy={busy}
      dirty={form.isDirty()}
      failure={failure}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label={t('settings.ownEmail.new')}
        description={t('settings.ownEmail.newText')}
        type="email"
        autoComplete="email"
        data-autofocus
        withAsterisk
        {...form.getInputProps('email')}
      />
      <PasswordInput
        label={t('settings.profile.current')}
        autoComplete="current-password"
        visibilityToggleButtonProps={{ 'aria-label': t('auth.showPassword') }}
        withAsterisk
        {...form.getInputProps('currentPassword')}
      />
    </FormDialog>
  );
}
