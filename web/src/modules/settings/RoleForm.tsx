import { TextInput } from '@mantine/core';
import { isNotEmpty } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { useCan } from '@/api/me';
import type { Schema } from '@/api/types';
import { num } from '@/lib/format';
import { useEditForm } from '@/ui/Edit/useEditForm';
import { Meanwhile } from '@/ui/Edit/Meanwhile';
import { FormAlert } from '@/ui/FormAlert';
import { SaveBar } from '@/ui/SaveBar';
import styles from '@/ui/Settings/Settings.module.css';
import { toast } from '@/ui/toast';
import { roles } from './queries';
import { RoleMatrix, useCellWords } from './RoleMatrix';
import { cellOf, roleValues, withCells, type Resource } from './roleValues';

type Role = Schema<'Role'>;

/** What one role is called and allows; its cells are saved together. */
export function RoleForm({ role, things }: { role: Role; things: Resource[] }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const may = useCan();
  const words = useCellWords(things);
  const valuesOf = useCallback((one: Role = role) => roleValues(one, things), [role, things]);
  const { form, edit, busy, failure, submit, discard } = useEditForm({
    live: role,
    valuesOf,
    page: true,
    validate: { label: isNotEmpty(t('settings.nameMissing')) },
    fetch: () => roles.get(role.id),
    change: async ({ label, ...cells }, { id, version, permissions }) => {
      const changed = Object.keys(cells).length > 0;
      const allowed = changed ? { permissions: withCells(permissions, cells as never) } : {};
      const saved = await roles.update(id, label ? { label, ...allowed } : allowed, version);
      await client.invalidateQueries({ queryKey: keys.all('role') });
      await client.invalidateQueries({ queryKey: keys.meta });
      await client.invalidateQueries({ queryKey: keys.me });
      toast.done(t('ui.saved'));
      return saved;
    },
  });
  const editable = !role.isBuiltIn && may('role', 'update');
  const who = t('settings.roles.users', { count: role.users, number: num(role.users) });
  return (
    <form id="role" onSubmit={submit} noValidate>
      <p className={styles.note}>
        {role.isBuiltIn ? `${who} · ${t('settings.roles.builtIn')}` : who}
      </p>
      <FormAlert error={failure} text={failure?.byField['permissions']} />
      {editable && (
        <TextInput
          label={t('settings.name')}
          maw={280}
          maxLength={80}
          {...form.getInputProps('label')}
        />
      )}
      <RoleMatrix
        label={role.label}
        things={things}
        scopeOf={(thing, action) => form.values[cellOf(thing, action)] ?? 'none'}
        onChange={
          editable
            ? (thing, action, scope) => form.setValues({ [cellOf(thing, action)]: scope } as never)
            : undefined
        }
      />
      <Meanwhile
        edit={edit}
        of={roles.kind}
        labelOf={(key) => (key === 'label' ? t('settings.name') : words.cell(key))}
        textOf={(key, one) =>
          key === 'label' ? one.label : words.scope(valuesOf(one)[key] ?? 'none')
        }
      />
      <SaveBar form="role" dirty={edit.dirty} busy={busy} onDiscard={discard} />
    </form>
  );
}
