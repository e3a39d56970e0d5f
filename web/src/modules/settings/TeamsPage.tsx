import { isNotEmpty } from '@mantine/form';
import { IconUsersGroup } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { Avatar } from '@/ui/Avatar';
import { RowText } from '@/ui/PagedList';
import { SettingDialog } from '@/ui/Settings/SettingDialog';
import { NamedList } from './NamedList';
import { NameInput } from './NameInput';
import { teams, teamsQuery } from './queries';
import type { Team } from './types';

export function TeamsPage() {
  return (
    <NamedList
      entity="team"
      words="settings.teams"
      icon={<IconUsersGroup size={24} />}
      query={useInfiniteQuery(teamsQuery)}
      remove={teams.remove}
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

const valuesOf = (team?: Team) => ({ name: team?.name ?? '' });

function TeamDialog({ team, onClose }: { team?: Team; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <SettingDialog
      title={t(team ? 'settings.teams.edit' : 'settings.teams.new')}
      {...teams}
      live={team}
      valuesOf={valuesOf}
      validate={{ name: isNotEmpty(t('settings.nameMissing')) }}
      change={teams.update}
      stale={[keys.lists('team')]}
      labels={{ name: t('settings.name') }}
      onClose={onClose}
    >
      {(form) => <NameInput {...form.getInputProps('name')} />}
    </SettingDialog>
  );
}
