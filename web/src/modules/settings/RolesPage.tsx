import { Select } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan, useMe } from '@/api/me';
import { ErrorState } from '@/ui/ErrorState';
import { HeaderButton } from '@/ui/HeaderButton';
import { SettingsPage } from '@/ui/Settings/SettingsPage';
import { RowSkeletons } from '@/ui/Skeletons';
import { mayLeave } from '@/ui/unsaved';
import { rolesQuery } from './queries';
import { RoleDialog } from './RoleDialog';
import { RoleForm } from './RoleForm';

export function RolesPage() {
  const { t } = useTranslation();
  const may = useCan();
  const { data, error, refetch } = useQuery(rolesQuery);
  const [chosen, setChosen] = useState<string>(useMe().user.role);
  const [making, setMaking] = useState(false);
  const choose = (name: string) => void mayLeave().then((leave) => leave && setChosen(name));
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
            onChange={(value) => value && choose(value)}
            data={roles.map(({ name, label }) => ({ value: name, label }))}
          />
          <RoleForm key={role.id} role={role} things={data?.resources ?? []} />
        </>
      )}
      {making && role && (
        <RoleDialog
          roles={roles}
          from={role.name}
          onCreated={choose}
          onClose={() => setMaking(false)}
        />
      )}
    </SettingsPage>
  );
}
