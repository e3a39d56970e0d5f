import { Menu } from '@mantine/core';
import {
  IconDots,
  IconKey,
  IconMailForward,
  IconPencil,
  IconShieldOff,
  IconPlus,
  IconUserCheck,
  IconUserOff,
  IconUsers,
} from '@tabler/icons-react';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { useCan, useMe, useMeta } from '@/api/me';
import { ago } from '@/lib/format';
import { Avatar } from '@/ui/Avatar';
import { EmptyState } from '@/ui/EmptyState';
import { HeaderButton } from '@/ui/HeaderButton';
import { IconBtn } from '@/ui/IconBtn';
import { PagedList, RowEnd, RowText } from '@/ui/PagedList';
import { SettingsPage } from '@/ui/Settings/SettingsPage';
import { liveRow } from '@/ui/Settings/liveRow';
import { Tag } from '@/ui/Tag';
import { toast } from '@/ui/toast';
import { InviteDialog } from './InviteDialog';
import { removeSecondFactor, users, usersQuery } from './queries';
import { ResetLinkDialog } from './ResetLinkDialog';
import { UserDialog } from './UserDialog';
import type { User } from './types';

export function UsersPage() {
  const { t } = useTranslation();
  const may = useCan();
  const query = useInfiniteQuery(usersQuery);
  const [edited, setEdited] = useState<User | 'new' | null>(null);
  const [shutOut, setShutOut] = useState<User | null>(null);
  const [invites, setInvites] = useState(false);
  const add = may('user', 'create') && (
    <>
      <HeaderButton
        icon={<IconPlus size={16} stroke={2} />}
        label={t('settings.users.new')}
        onClick={() => setEdited('new')}
      />
      <HeaderButton
        primary
        icon={<IconMailForward size={16} stroke={1.8} />}
        label={t('settings.invite.open')}
        onClick={() => setInvites(true)}
      />
    </>
  );
  return (
    <SettingsPage title={t('settings.users.title')} text={t('settings.users.intro')} action={add}>
      <PagedList
        query={query}
        label={t('settings.users.title')}
        subject={t('settings.users.subject')}
        empty={<EmptyState icon={<IconUsers size={24} />} title={t('settings.users.empty')} />}
      >
        {(user) => (
          <UserRow user={user} onEdit={() => setEdited(user)} onReset={() => setShutOut(user)} />
        )}
      </PagedList>
      {edited && (
        <UserDialog
          user={edited === 'new' ? undefined : liveRow(query, edited)}
          onClose={() => setEdited(null)}
        />
      )}
      {invites && <InviteDialog onClose={() => setInvites(false)} />}
      {shutOut && <ResetLinkDialog user={shutOut} onClose={() => setShutOut(null)} />}
    </SettingsPage>
  );
}

interface UserRowProps {
  user: User;
  onEdit: () => void;
  onReset: () => void;
}

function UserRow({ user, onEdit, onReset }: UserRowProps) {
  const { t } = useTranslation();
  const may = useCan();
  const me = useMe().user.id;
  const role = useMeta().roles?.find(({ name }) => name === user.role)?.label ?? user.role;
  const seen = user.lastLoginAt
    ? t('settings.users.seen', { when: ago(user.lastLoginAt) })
    : t('settings.users.neverSeen');
  return (
    <>
      <Avatar name={user.name} photo={user.photoId} size={32} />
      <RowText
        title={
          <>
            {user.name}
            {user.id === me && <Tag>{t('settings.users.you')}</Tag>}
            {!user.active && <Tag hue="red">{t('settings.users.inactive')}</Tag>}
          </>
        }
        detail={`${user.email} · ${seen}`}
      />
      <RowEnd>
        <Tag hue={user.role === 'admin' ? 'violet' : 'gray'}>{role}</Tag>
      </RowEnd>
      {may('user', 'update') && (
        <UserActions user={user} self={user.id === me} onEdit={onEdit} onReset={onReset} />
      )}
    </>
  );
}

interface UserActionsProps extends UserRowProps {
  self: boolean;
}

function UserActions({ user, self, onEdit, onReset }: UserActionsProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const setActive = async (active: boolean) => {
    try {
      await users.update(user.id, { active });
      await client.invalidateQueries({ queryKey: keys.lists('user') });
      const said = t(active ? 'settings.users.reactivated' : 'settings.users.deactivated', user);
      toast.done(said, { undo: () => void setActive(!active) });
    } catch (error) {
      toast.fail(error);
    }
  };
  const forgetCode = async () => {
    try {
      await removeSecondFactor(user.id);
      toast.done(t('settings.users.codeForgotten', user));
    } catch (error) {
      toast.fail(error);
    }
  };
  return (
    <Menu>
      <Menu.Target>
        <IconBtn label={t('settings.actionsOf', { name: user.name })} tooltip={false}>
          <IconDots size={17} stroke={1.8} />
        </IconBtn>
      </Menu.Target>
      <Menu.Dropdown aria-label={t('settings.actionsOf', { name: user.name })}>
        <Menu.Item leftSection={<IconPencil size={16} stroke={1.7} />} onClick={onEdit}>
          {t('ui.edit')}
        </Menu.Item>
        {!self && user.active && (
          <Menu.Item leftSection={<IconKey size={16} stroke={1.7} />} onClick={onReset}>
            {t('settings.users.reset')}
          </Menu.Item>
        )}
        {!self && user.active && (
          <Menu.Item
            leftSection={<IconShieldOff size={16} stroke={1.7} />}
            onClick={() => void forgetCode()}
          >
            {t('settings.users.forgetCode')}
          </Menu.Item>
        )}
        {!self && user.active && (
          <Menu.Item
            color="red"
            leftSection={<IconUserOff size={16} stroke={1.7} />}
            onClick={() => void setActive(false)}
          >
            {t('settings.users.deactivate')}
          </Menu.Item>
        )}
        {!user.active && (
          <Menu.Item
            leftSection={<IconUserCheck size={16} stroke={1.7} />}
            onClick={() => void setActive(true)}
          >
            {t('settings.users.reactivate')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
