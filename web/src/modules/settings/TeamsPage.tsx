import { TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { IconPlus, IconUsersGroup } from '@tabler/icons-react';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { useCan } from '@/api/me';
import type { Team } from '@/api/types';
import { Avatar } from '@/ui/Avatar';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { EmptyState } from '@/ui/EmptyState';
import { HeaderButton } from '@/ui/HeaderButton';
import { PagedList, RowText } from '@/ui/PagedList';
import { toast } from '@/ui/toast';
import { useSubmit } from '@/ui/useSubmit';
import { Dialog } from './Dialog';
import { deleteTeam, saveTeam, teamsQuery } from './queries';
import { RowActions } from './RowActions';
import { SettingsPage } from './SettingsPage';

export function TeamsPage() {
  const { t } = useTranslation();
  const may = useCan();
  const client = useQueryClient();
  const query = useInfiniteQuery(teamsQuery);
  const [edited, setEdited] = useState<Team | 'new' | null>(null);
  const [doomed, setDoomed] = useState<Team | null>(null);
  const add = may('team', 'create') && (
    <HeaderButton
      primary
      icon={<IconPlus size={16} stroke={2} />}
      label={t('settings.teams.new')}
      onClick={() => setEdited('new')}
    />
  );
  const remove = async (team: Team) => {
    await deleteTeam(team.id);
    await client.invalidateQueries({ queryKey: keys.lists('team') });
    toast.done(t('settings.teams.deleted', team));
  };
  return (
    <SettingsPage title={t('settings.teams.title')} text={t('settings.teams.intro')} action={add}>
      <PagedList
        query={query}
        label={t('settings.teams.title')}
        subject={t('settings.teams.subject')}
        empty={
          <EmptyState icon={<IconUsersGroup size={24} />} title={t('settings.teams.empty')}>
            {t('settings.teams.emptyText')}
          </EmptyState>
        }
      >
        {(team) => (
          <>
            <Avatar name={team.name} size={32} square />
            <RowText title={team.name} />
            <RowActions
              name={team.name}
              onEdit={may('team', 'update') && (() => setEdited(team))}
              onDelete={may('team', 'delete') && (() => setDoomed(team))}
            />
          </>
        )}
      </PagedList>
      {edited && (
        <TeamDialog team={edited === 'new' ? undefined : edited} onClose={() => setEdited(null)} />
      )}
      <ConfirmDialog
        opened={doomed !== null}
        title={t('settings.teams.deleteTitle', { name: doomed?.name })}
        text={t('settings.teams.deleteText')}
        action={t('ui.delete')}
        onConfirm={() => (doomed ? remove(doomed) : Promise.resolve())}
        onClose={() => setDoomed(null)}
      />
    </SettingsPage>
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
