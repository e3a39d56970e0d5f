import { Button, Modal, Select, Text, TextInput } from '@mantine/core';
import { isEmail, useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { useCan } from '@/api/me';
import type { Schema } from '@/api/types';
import { dateTime } from '@/lib/format';
import { CopyField } from '@/ui/CopyField';
import { FormDialog } from '@/ui/FormDialog';
import styles from '@/ui/Settings/Settings.module.css';
import { useSubmit } from '@/ui/useSubmit';
import { OUTBOX } from './addresses';
import { inviteUser } from './queries';
import { useMembership } from './useMembership';

type Invitation = Schema<'Invitation'>;

/** Somebody who chooses a password by a link, instead of being given one. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const [invitation, setInvitation] = useState<Invitation | null>(null);
  return invitation ? (
    <Invited invitation={invitation} onClose={onClose} />
  ) : (
    <InviteForm onInvited={setInvitation} onClose={onClose} />
  );
}

interface InviteFormProps {
  onInvited: (invitation: Invitation) => void;
  onClose: () => void;
}

interface Values extends Record<string, unknown> {
  email: string;
  name: string;
  role: string;
  teamId: string | null;
}

function InviteForm({ onInvited, onClose }: InviteFormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { roles, teams } = useMembership();
  const form = useForm<Values>({
    initialValues: { email: '', name: '', role: 'agent', teamId: null },
    validate: { email: isEmail(t('auth.emailWrong')) },
  });
  const { busy, failure, submit } = useSubmit(form, async ({ email, name, role, teamId }) => {
    const invitation = await inviteUser({ email, name: name.trim() || null, role, teamId });
    await client.invalidateQueries({ queryKey: keys.lists('user') });
    onInvited(invitation);
  });
  return (
    <FormDialog
      title={t('settings.invite.title')}
      action={t('settings.invite.action')}
      busy={busy}
      dirty={form.isDirty()}
      failure={failure}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label={t('settings.email')}
        type="email"
        withAsterisk
        data-autofocus
        {...form.getInputProps('email')}
      />
      <TextInput
        label={t('settings.name')}
        description={t('settings.invite.nameText')}
        {...form.getInputProps('name')}
      />
      <Select
        label={t('settings.users.role')}
        allowDeselect={false}
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
    </FormDialog>
  );
}

/** The mail may be long in coming, or never come: the link is the same. */
function Invited({ invitation, onClose }: { invitation: Invitation; onClose: () => void }) {
  const { t } = useTranslation();
  const may = useCan();
  const { email, path, expiresAt } = invitation;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('settings.invite.doneTitle')}
      size={460}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <div className={styles.form}>
        <Text size="sm" role="status">
          {t('settings.invite.doneText', { email })}
        </Text>
        <CopyField
          label={t('settings.users.resetLink')}
          text={t('settings.users.resetUntil', { when: dateTime(expiresAt) })}
          value={location.origin + path}
          action={t('settings.users.resetCopy')}
        />
        <div className={styles.buttons}>
          {may('mail', 'read') && (
            <Button variant="subtle" renderRoot={(props) => <Link to={OUTBOX} {...props} />}>
              {t('settings.invite.outbox')}
            </Button>
          )}
          <Button onClick={onClose} data-autofocus>
            {t('ui.close')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
