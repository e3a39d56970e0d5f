import { Select, TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import type { Schema } from '@/api/types';
import { toast } from '@/ui/toast';
import { useSubmit } from '@/ui/useSubmit';
import { Dialog } from './Dialog';
import { createRole } from './queries';
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
  const client = useQueryClient();
  const form = useForm({
    initialValues: { label: '', from },
    validate: { label: isNotEmpty(t('settings.nameMissing')) },
  });
  const { busy, failure, submit } = useSubmit(form, async (values) => {
    const permissions = roles.find(({ name }) => name === values.from)?.permissions ?? {};
    const label = values.label.trim();
    const taken = roles.map(({ name }) => name);
    const created = await createRole({ name: roleName(label, taken), label, permissions });
    await client.invalidateQueries({ queryKey: keys.all('role') });
    await client.invalidateQueries({ queryKey: keys.meta });
    toast.done(t('ui.saved'));
    onCreated(created.name);
    onClose();
  });
  return (
    <Dialog
      title={t('settings.roles.new')}
      busy={busy}
      dirty={form.isDirty()}
      failure={failure}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label={t('settings.name')}
        withAsterisk
        data-autofocus
        maxLength={80}
        {...form.getInputProps('label')}
      />
      <Select
        label={t('settings.roles.copyFrom')}
        allowDeselect={false}
        data={roles.map(({ name, label }) => ({ value: name, label }))}
        {...form.getInputProps('from')}
      />
    </Dialog>
  );
}
