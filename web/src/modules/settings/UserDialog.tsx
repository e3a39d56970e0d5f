import { PasswordInput, Select, TextInput, type PasswordInputProps } from '@mantine/core';
import { isEmail, isNotEmpty } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { useMe } from '@/api/me';
import { SettingDialog } from '@/ui/Settings/SettingDialog';
import { NameInput } from './NameInput';
import { users } from './queries';
import type { User } from './types';
import { useMembership } from './useMembership';

const SHORTEST = 8;

const valuesOf = (user?: User) => ({
  name: user?.name ?? '',
  email: user?.email ?? '',
  role: user?.role ?? 'agent',
  teamId: user?.teamId ?? null,
  password: '',
});

interface UserDialogProps {
  user?: User;
  onClose: () => void;
}

export function UserDialog({ user, onClose }: UserDialogProps) {
  const { t } = useTranslation();
  const self = useMe().user.id === user?.id;
  const { roles, teams } = useMembership();
  return (
    <SettingDialog
      title={user ? user.name : t('settings.users.new')}
      {...users}
      live={user}
      valuesOf={valuesOf}
      validate={{
        name: isNotEmpty(t('settings.nameMissing')),
        email: isEmail(t('auth.emailWrong')),
        password: (value: string) =>
          !user && value.length < SHORTEST ? t('auth.passwordShort', { count: SHORTEST }) : null,
      }}
      change={(id, { password: _, ...changes }, version) => users.update(id, changes, version)}
      stale={[keys.lists('user')]}
      said={(values) => t('settings.users.created', values)}
      labels={{
        name: t('settings.name'),
        email: t('settings.email'),
        role: t('settings.users.role'),
        teamId: t('settings.users.team'),
      }}
      texts={{
        role: (name) => roles.find(({ value }) => value === name)?.label,
        teamId: (id) => teams.find(({ value }) => value === id)?.label,
      }}
      onClose={onClose}
    >
      {(form) => (
        <>
          <NameInput {...form.getInputProps('name')} />
          <TextInput
            label={t('settings.email')}
            type="email"
            withAsterisk
            description={user && !self ? t('settings.users.emailIsLogin') : undefined}
            {...form.getInputProps('email')}
          />
          {!user && <FirstPassword {...form.getInputProps('password')} />}
          <Select
            label={t('settings.users.role')}
            allowDeselect={false}
            readOnly={self}
            description={self ? t('settings.users.ownRole') : undefined}
            data={roles}
            {...form.getInputProps('role')}
          />
          <Select
            label={t('settings.users.team')}
            clearable
            placeholder={t('settings.users.noTeam')}
            data={teams}
            {...form.getInputProps('teamId')}
          />
        </>
      )}
    </SettingDialog>
  );
}

function FirstPassword(props: PasswordInputProps) {
  const { t } = useTranslation();
  return (
    <PasswordInput
      label={t('auth.password')}
      description={t('settings.users.passwordText')}
      autoComplete="new-password"
      withAsterisk
      visibilityToggleButtonProps={{ 'aria-label': t('auth.showPassword') }}
      {...props}
    />
  );
}
