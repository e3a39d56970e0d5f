import { PasswordInput, Select, TextInput } from '@mantine/core';
import { isEmail, isNotEmpty, useForm } from '@mantine/form';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { useMe, useMeta } from '@/api/me';
import type { Schema, User } from '@/api/types';
import { toast } from '@/ui/toast';
import { useSubmit } from '@/ui/useSubmit';
import { Dialog } from './Dialog';
import { createUser, teamsQuery, updateUser } from './queries';

const SHORTEST = 8;

export function UserDialog({ user, onClose }: { user?: User; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const self = useMe().user.id === user?.id;
  const roles = useMeta().roles ?? [];
  const teams = useInfiniteQuery(teamsQuery).data?.pages.flatMap(({ data }) => data) ?? [];
  const form = useForm({
    initialValues: {
      name: user?.name ?? '',
      email: user?.email ?? '',
      role: (user?.role ?? 'agent') as string,
      teamId: user?.teamId ?? null,
      password: '',
    },
    validate: {
      name: isNotEmpty(t('settings.nameMissing')),
      email: isEmail(t('auth.emailWrong')),
      password: (value) =>
        !user && value.length < SHORTEST ? t('auth.passwordShort', { count: SHORTEST }) : null,
    },
  });
  const { busy, failure, submit } = useSubmit(form, async ({ password, ...values }) => {
    const body = { ...values, role: values.role as Schema<'User'>['role'] };
    if (user) await updateUser(user.id, body);
    else await createUser({ ...body, password });
    await client.invalidateQueries({ queryKey: keys.lists('user') });
    toast.done(t(user ? 'ui.saved' : 'settings.users.created', values));
    onClose();
  });
  return (
    <Dialog
      title={user ? user.name : t('settings.users.new')}
      busy={busy}
      failure={failure}
      onSubmit={submit}
      onClose={onClose}
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
