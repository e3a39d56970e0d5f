import { Select, TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { updateMe } from '@/api/account';
import { keys } from '@/api/keys';
import { useMe } from '@/api/me';
import { asLanguage, setLanguage } from '@/i18n';
import { FormAlert } from '@/ui/FormAlert';
import { SaveBar } from '@/ui/SaveBar';
import { toast } from '@/ui/toast';
import { useSubmit } from '@/ui/useSubmit';
import { PasswordSection } from './PasswordSection';
import { SessionsSection } from './SessionsSection';
import { Section, SettingsPage } from './SettingsPage';

export function ProfilePage() {
  const { t, i18n } = useTranslation();
  const client = useQueryClient();
  const { user } = useMe();
  const form = useForm({
    initialValues: { name: user.name, language: i18n.language },
    validate: { name: isNotEmpty(t('settings.profile.nameMissing')) },
  });
  const { busy, failure, submit } = useSubmit(form, async (values) => {
    await updateMe(values);
    await setLanguage(asLanguage(values.language));
    form.resetDirty(values);
    await client.invalidateQueries({ queryKey: keys.me });
    await client.invalidateQueries({ queryKey: keys.meta });
    toast.done(t('ui.saved'));
  });
  return (
    <SettingsPage title={t('settings.profile.title')}>
      <form id="profile" onSubmit={submit} noValidate>
        <Section title={t('settings.profile.about')}>
          <FormAlert error={failure} />
          <TextInput
            label={t('settings.name')}
            autoComplete="name"
            withAsterisk
            {...form.getInputProps('name')}
          />
          <TextInput
            label={t('settings.email')}
            description={t('settings.profile.emailFixed')}
            value={user.email}
            readOnly
          />
          <Select
            label={t('shell.language')}
            allowDeselect={false}
            data={[
              { value: 'pt-BR', label: 'Português (Brasil)' },
              { value: 'en', label: 'English' },
            ]}
            {...form.getInputProps('language')}
          />
        </Section>
      </form>
      <PasswordSection />
      <SessionsSection />
      <SaveBar form="profile" dirty={form.isDirty()} busy={busy} onDiscard={form.reset} />
    </SettingsPage>
  );
}
