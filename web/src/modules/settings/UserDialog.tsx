import { PasswordInput, Select, TextInput } from '@mantine/core';
import { isEmail, isNotEmpty } from '@mantine/form';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { useMe, useMeta } from '@/api/me';
import { useEditForm } from '@/ui/Edit/useEditForm';
import { toast } from '@/ui/toast';
import { Dialog } from './Dialog';
import { createUser, getUser, teamsQuery, updateUser } from './queries';
import { SettingMeanwhile } from './SettingMeanwhile';
import type { User } from './types';

const SHORTEST = 8;
const KIND = { name: 'user', plural: 'users' };

const valuesOf = (user?: User) => ({
  name: user?.name ?? '',
  email: user?.email ?? '',
  role: user?.role ?? 'agent',
  teamId: user?.teamId ?? null,
  password: '',
});

export function UserDialog({ user, onClose }: { user?: User; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const self = useMe().user.id === user?.id;
  const roles = useMeta().roles ?? [];
  const teams = useInfiniteQuery(teamsQuery).data?.pages.flatMap(({ data }) => data) ?? [];
  const saved = async (said: string) => {
    await client.invalidateQueries({ queryKey: keys.lists('user') });
    toast.done(said);
    onClose();
  };
  const { form, edit, busy, failure, submit } = useEditForm({
    live: user,
    valuesOf,
    validate: {
      name: isNotEmpty(t('settings.nameMissing')),
      email: isEmail(t('auth.emailWrong')),
      password: (value: string) =>
        !user && value.length < SHORTEST ? t('auth.passwordShort', { count: SHORTEST }) : null,
    },
    fetch: user && (() => getUser(user.id)),
    create: (values) => createUser(values).then(() => saved(t('settings.users.created', values))),
    change: ({ password: _, ...changes }, { id, version }) =>
      updateUser(id, changes, version).then(() => saved(t('ui.saved'))),
  });
  const meanwhile = (
    <SettingMeanwhile
      edit={edit}
      of={KIND}
      labels={{
        name: t('settings.name'),
        email: t('settings.email'),
        role: t('settings.users.role'),
        teamId: t('settings.users.team'),
      }}
      texts={{
        role: (name) => roles.find((role) => role.name === name)?.label,
        teamId: (id) => teams.find((team) => team.id === id)?.name,
      }}
    />
  );
  return (
    <Dialog
      title={user ? user.name : t('settings.users.new')}
      busy={busy}
      dirty={edit.dirty}
      failure={failure}
      onSubmit={submit}
      onClose={onClose}
      meanwhile={meanwhile}
    >
      <TextInput
        label={t('settings.name')}
        withAsterisk
        data-autofocus
        {...form.getInputProps('name')}
      />
      <TextInput
        label={t('settings.email')}
        type="email"
        withAsterisk
        description={user && !self ? t('settings.users.emailIsLogin') : undefined}
        {...form.getInputProps('email')}
      />
      {!user && (
        <PasswordInput
          label={t('auth.password')}
          description={t('settings.users.passwordText')}
          autoComplete="new-password"
          withAsterisk
          visibilityToggleButtonProps={{ 'aria-label': t('auth.showPassword') }}
          {...form.getInputProps('password')}
        />
      )}
      <Select
        label={t('settings.users.role')}
        allowDeselect={false}
        readOnly={self}
        description={self ? t('settings.users.ownRole') : undefined}
        data={roles.map(({ name, label }) => ({ value: name, label }))}
        {...form.getInputProps('role')}
      />
      <Select
        label={t('settings.users.team')}
        clearable
        placeholder={t('settings.users.noTeam')}
        data={teams.map(({ id, name }) => ({ value: id, label: name }))}
        {...form.getInputProps('teamId')}
      />
    </Dialog>
  );
}
