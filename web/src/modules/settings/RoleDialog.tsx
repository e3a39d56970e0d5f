import { Select } from '@mantine/core';
import { isNotEmpty } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import type { Schema } from '@/api/types';
import { SettingDialog } from '@/ui/Settings/SettingDialog';
import { NameInput } from './NameInput';
import { roles as roleApi } from './queries';
import { roleName } from './roleName';

interface RoleDialogProps {
  roles: Schema<'Role'>[];
  /** Whose permissions the new one starts with. */
  from: string;
  onCreated: (name: string) => void;
  onClose: () => void;
}

/** A new role begins as a copy of another one: from nothing, nobody could work. */
export function RoleDialog({ roles, from, onCreated, onClose }: RoleDialogProps) {
  const { t } = useTranslation();
  const create = async ({ label, from: name }: { label: string; from: string }) => {
    const permissions = roles.find((role) => role.name === name)?.permissions ?? {};
    const taken = roles.map((role) => role.name);
    const named = label.trim();
    const created = await roleApi.create({
      ...{ name: roleName(named, taken), label: named, permissions },
    });
    onCreated(created.name);
  };
  return (
    <SettingDialog
      title={t('settings.roles.new')}
      kind={roleApi.kind}
      live={undefined}
      valuesOf={() => ({ label: '', from })}
      validate={{ label: isNotEmpty(t('settings.nameMissing')) }}
      create={create}
      stale={[keys.all('role'), keys.meta]}
      onClose={onClose}
    >
      {(form) => (
        <>
          <NameInput maxLength={80} {...form.getInputProps('label')} />
          <Select
            label={t('settings.roles.copyFrom')}
            allowDeselect={false}
            data={roles.map(({ name, label }) => ({ value: name, label }))}
            {...form.getInputProps('from')}
          />
        </>
      )}
    </SettingDialog>
  );
}
