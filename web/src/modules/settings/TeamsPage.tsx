import { TextInput } from '@mantine/core';
import { isNotEmpty } from '@mantine/form';
import { IconUsersGroup } from '@tabler/icons-react';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { Avatar } from '@/ui/Avatar';
import { useEditForm } from '@/ui/Edit/useEditForm';
import { RowText } from '@/ui/PagedList';
import { toast } from '@/ui/toast';
import { Dialog } from './Dialog';
import { NamedList } from './NamedList';
import { createTeam, deleteTeam, getTeam, teamsQuery, updateTeam } from './queries';
import { SettingMeanwhile } from './SettingMeanwhile';
import type { Team } from './types';

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

const KIND = { name: 'team', plural: 'teams' };
const valuesOf = (team?: Team) => ({ name: team?.name ?? '' });

function TeamDialog({ team, onClose }: { team?: Team; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const saved = async () => {
    await client.invalidateQueries({ queryKey: keys.lists('team') });
    toast.done(t('ui.saved'));
    onClose();
  };
  const { form, edit, busy, failure, submit } = useEditForm({
    live: team,
    valuesOf,
    validate: { name: isNotEmpty(t('settings.nameMissing')) },
    fetch: team && (() => getTeam(team.id)),
    create: (values) => createTeam(values).then(saved),
    change: (changes, { id, version }) => updateTeam(id, changes, version).then(saved),
  });
  return (
    <Dialog
      title={team ? t('settings.teams.edit') : t('settings.teams.new')}
      busy={busy}
      dirty={edit.dirty}
      failure={failure}
      onSubmit={submit}
      onClose={onClose}
      meanwhile={<SettingMeanwhile edit={edit} of={KIND} labels={{ name: t('settings.name') }} />}
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
