import { Select, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { asApiError, type ApiError } from '@/api/errors';
import { keys } from '@/api/keys';
import { useCan, useMe } from '@/api/me';
import type { Schema } from '@/api/types';
import { num } from '@/lib/format';
import { ErrorState } from '@/ui/ErrorState';
import { FormAlert } from '@/ui/FormAlert';
import { HeaderButton } from '@/ui/HeaderButton';
import { SaveBar } from '@/ui/SaveBar';
import { RowSkeletons } from '@/ui/Skeletons';
import { toast } from '@/ui/toast';
import { rolesQuery, updateRole } from './queries';
import { RoleDialog } from './RoleDialog';
import { RoleMatrix, type Permissions } from './RoleMatrix';
import styles from './Settings.module.css';
import { SettingsPage } from './SettingsPage';

type Role = Schema<'Role'>;

export function RolesPage() {
  const { t } = useTranslation();
  const may = useCan();
  const { data, error, refetch } = useQuery(rolesQuery);
  const [chosen, setChosen] = useState<string>(useMe().user.role);
  const [making, setMaking] = useState(false);
  const roles = data?.data ?? [];
  const role = roles.find(({ name }) => name === chosen) ?? roles[0];
  const add = may('role', 'create') && (
    <HeaderButton
      primary
      icon={<IconPlus size={16} stroke={2} />}
      label={t('settings.roles.new')}
      onClick={() => setMaking(true)}
    />
  );
  return (
    <SettingsPage title={t('settings.roles.title')} text={t('settings.roles.intro')} action={add}>
      {error && !data && (
        <ErrorState
          error={error}
          subject={t('settings.roles.subject')}
          onRetry={() => void refetch()}
        />
      )}
      {!data && !error && <RowSkeletons rows={8} avatar={false} />}
      {role && (
        <>
          <Select
            label={t('settings.users.role')}
            maw={280}
            allowDeselect={false}
            value={role.name}
            onChange={(value) => value && setChosen(value)}
            data={roles.map(({ name, label }) => ({ value: name, label }))}
          />
          <RoleForm key={role.id} role={role} things={thingsOf(roles)} />
        </>
      )}
      {making && role && (
        <RoleDialog
          roles={roles}
          from={role.name}
          onCreated={setChosen}
          onClose={() => setMaking(false)}
        />
      )}
    </SettingsPage>
  );
}

/** Everything that some role may do something with. */
const thingsOf = (roles: Role[]): string[] => [
  ...new Set(roles.flatMap(({ permissions }) => Object.keys(permissions))),
];

function RoleForm({ role, things }: { role: Role; things: string[] }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const may = useCan();
  // The version that the edit began with: another admin's change must not pass for one's own.
  const [seen, setSeen] = useState(role);
  const [label, setLabel] = useState(role.label);
  const [permissions, setPermissions] = useState<Permissions>(role.permissions);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ApiError | null>(null);
  const editable = !role.isBuiltIn && may('role', 'update');
  const dirty = label !== seen.label || permissions !== seen.permissions;
  const show = (one: Role) => {
    setSeen(one);
    setLabel(one.label);
    setPermissions(one.permissions);
    setFailure(null);
  };
  if (!dirty && role.version > seen.version) show(role);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailure(null);
    try {
      show(await updateRole(role.id, { label: label.trim(), permissions }, seen.version));
      await client.invalidateQueries({ queryKey: keys.meta });
      await client.invalidateQueries({ queryKey: keys.me });
      toast.done(t('ui.saved'));
    } catch (error) {
      setFailure(asApiError(error));
    }
    await client.invalidateQueries({ queryKey: keys.roles });
    setBusy(false);
  };
  const who = t('settings.roles.users', { count: role.users, number: num(role.users) });
  return (
    <form id="role" onSubmit={(event) => void save(event)} noValidate>
      <p className={styles.note}>
        {role.isBuiltIn ? `${who} · ${t('settings.roles.builtIn')}` : who}
      </p>
      <FormAlert error={failure} text={failure?.byField['permissions']} />
      {editable && (
        <TextInput
          label={t('settings.name')}
          maw={280}
          maxLength={80}
          error={failure?.byField['label']}
          value={label}
          onChange={(event) => setLabel(event.currentTarget.value)}
        />
      )}
      <RoleMatrix
        label={role.label}
        things={things}
        permissions={permissions}
        onChange={editable ? setPermissions : undefined}
      />
      <SaveBar form="role" dirty={dirty} busy={busy} onDiscard={() => show(role)} />
    </form>
  );
}
