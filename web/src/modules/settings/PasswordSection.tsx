import { Button, PasswordInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { changePassword } from '@/api/account';
import { useMe } from '@/api/me';
import { FormAlert } from '@/ui/FormAlert';
import styles from '@/ui/Settings/Settings.module.css';
import { Section } from '@/ui/Settings/SettingsPage';
import { toast } from '@/ui/toast';
import { useUnsaved } from '@/ui/unsaved';
import { useSubmit } from '@/ui/useSubmit';

const SHORTEST = 8;

export function PasswordSection() {
  const { t } = useTranslation();
  const { user } = useMe();
  const form = useForm({
    initialValues: { currentPassword: '', newPassword: '' },
    validate: {
      currentPassword: isNotEmpty(t('settings.profile.currentMissing')),
      newPassword: (value) =>
        value.length < SHORTEST ? t('auth.passwordShort', { count: SHORTEST }) : null,
    },
  });
  const { busy, failure, submit } = useSubmit(form, async (values) => {
    await changePassword(values);
    form.reset();
    toast.done(t('settings.profile.passwordChanged'));
  });
  useUnsaved(form.isDirty() && !busy);
  const toggle = { visibilityToggleButtonProps: { 'aria-label': t('auth.showPassword') } };
  return (
    <form onSubmit={submit} noValidate>
      <Section title={t('settings.profile.password')} text={t('settings.profile.passwordText')}>
        <FormAlert error={failure} />
        <input type="hidden" autoComplete="username" value={user.email} readOnly />
        <div className={styles.pair}>
          <PasswordInput
            label={t('settings.profile.current')}
            autoComplete="current-password"
            {...toggle}
            {...form.getInputProps('currentPassword')}
          />
          <PasswordInput
            label={t('settings.profile.new')}
            autoComplete="new-password"
            description={t('auth.passwordHint', { count: SHORTEST })}
            {...toggle}
            {...form.getInputProps('newPassword')}
          />
        </div>
        <div className={styles.buttons}>
          <Button type="submit" variant="default" loading={busy}>
            {t('settings.profile.change')}
          </Button>
        </div>
      </Section>
    </form>
  );
}
