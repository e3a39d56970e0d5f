import { TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { IconUsersGroup } from '@tabler/icons-react';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import type { Team } from '@/api/types';
import { Avatar } from '@/ui/Avatar';
import { RowText } from '@/ui/PagedList';
import { toast } from '@/ui/toast';
import { useSubmit } from '@/ui/useSubmit';
import { Dialog } from './Dialog';
import { NamedList } from './NamedList';
import { deleteTeam, saveTeam, teamsQuery } from './queries';

export function TeamsPage() {
  return (
    <NamedList
      entity="team"
      words="settings.teams"
      icon={<IconUsersGroup size={24} />}
      query={useInfiniteQuery(teamsQuery)}
      remove={deleteTeam}
      dialog={(team, close) => <TeamDialog team={team} onClose={close} />}
    >
      {(team) => (
        <>
          <Avatar name={team.name} size={32} square />
          <RowText title={team.name} />
        </>
      )}
    </NamedList>
  );
}

function TeamDialog({ team, onClose }: { team?: Team; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm({
    initialValues: { name: team?.name ?? '' },
    validate: { name: isNotEmpty(t('settings.nameMissing')) },
  });
  const { busy, failure, submit } = useSubmit(form, async ({ name }) => {
    await saveTeam(team?.id, name);
    await client.invalidateQueries({ queryKey: keys.lists('team') });
    toast.done(t('ui.saved'));
    onClose();
  });
  return (
    <Dialog
      title={team ? t('settings.teams.edit') : t('settings.teams.new')}
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
    </Dialog>
  );
}
