import { Select, TextInput } from '@mantine/core';
import { isNotEmpty } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { getMe, updateMe } from '@/api/account';
import { keys } from '@/api/keys';
import { useMe } from '@/api/me';
import type { Schema } from '@/api/types';
import { asLanguage, setLanguage } from '@/i18n';
import { useEditForm } from '@/ui/Edit/useEditForm';
import { FormAlert } from '@/ui/FormAlert';
import { SaveBar } from '@/ui/SaveBar';
import { SettingMeanwhile } from '@/ui/Settings/SettingMeanwhile';
import { Section, SettingsPage } from '@/ui/Settings/SettingsPage';
import { toast } from '@/ui/toast';
import { EmailSection } from './EmailSection';
import { LinkedSection } from './LinkedSection';
import { PasswordSection } from './PasswordSection';
import { PictureSection } from './PictureSection';
import { SecondFactorSection } from './SecondFactorSection';
import { SessionsSection } from './SessionsSection';

interface Person {
  id: string;
  name: string;
  language: string;
  version?: number;
}
const personOf = ({ id, name, language, version }: Schema<'SessionUser'>): Person => ({
  ...{ id, name, version },
  language: asLanguage(language),
});

const KIND = { name: 'user', plural: 'users' };
const valuesOf = (person?: Person) => ({
  name: person?.name ?? '',
  language: person?.language ?? '',
});

export function ProfilePage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { user } = useMe();
  const live = useMemo(() => personOf(user), [user]);
  const { form, edit, busy, failure, submit, discard } = useEditForm({
    live,
    valuesOf,
    page: true,
    validate: { name: isNotEmpty(t('settings.profile.nameMissing')) },
    fetch: async () => personOf((await getMe()).user),
    change: async (changes, { version }) => {
      const saved = await updateMe(changes, version);
      if (changes.language) await setLanguage(asLanguage(changes.language));
      await client.invalidateQueries({ queryKey: keys.me });
      await client.invalidateQueries({ queryKey: keys.meta });
      toast.done(t('ui.saved'));
      return personOf(saved.user);
    },
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
          <Select
            label={t('shell.language')}
            allowDeselect={false}
            data={[
              { value: 'pt-BR', label: 'Português (Brasil)' },
              { value: 'en', label: 'English' },
            ]}
            {...form.getInputProps('language')}
          />
          <SettingMeanwhile
            edit={edit}
            of={KIND}
            labels={{ name: t('settings.name'), language: t('shell.language') }}
          />
        </Section>
      </form>
      <PictureSection
        title={t('settings.profile.photo')}
        text={t('settings.profile.photoText')}
        name={user.name}
        picture={user.photoId}
        onChange={async (photoId) => {
          await updateMe({ photoId });
          await client.invalidateQueries({ queryKey: keys.me });
          await client.invalidateQueries({ queryKey: keys.lists('user') });
          toast.done(t('ui.saved'));
        }}
      />
      <EmailSection />
      <PasswordSection />
      <SecondFactorSection />
      <LinkedSection />
      <SessionsSection />
      <SaveBar form="profile" dirty={edit.dirty} busy={busy} onDiscard={discard} />
    </SettingsPage>
  );
}
