import { Menu } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconDots, IconLink, IconPencil, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useHotkeys } from '@/lib/hotkeys';
import { useSmallScreen } from '@/lib/useSmallScreen';
import { IconBtn } from '@/ui/IconBtn';
import type { useWalk } from '@/ui/RecordPage/useWalk';
import { Viewers } from '@/ui/RecordPage/Viewers';
import { WalkButtons } from '@/ui/RecordPage/WalkButtons';
import { toast } from '@/ui/toast';
import { customerAt } from '../addresses';

interface ProfileActionsProps {
  id: string;
  walk: ReturnType<typeof useWalk>;
  onEdit?: () => void;
  onDelete?: () => void;
}

export function ProfileActions({ id, walk, onEdit, onDelete }: ProfileActionsProps) {
  const { t } = useTranslation();
  const small = useSmallScreen();
  const clipboard = useClipboard();
  const copy = () => {
    clipboard.copy(`${location.origin}${customerAt(id)}`);
    toast.done(t('customers.profile.linkCopied'));
  };
  useHotkeys(
    onEdit ? [{ keys: 'e', run: onEdit, label: t('ui.edit'), group: t('shell.keys.here') }] : [],
  );
  return (
    <>
      <Viewers entity="contact" id={id} />
      {!small && <WalkButtons walk={walk} />}
      {onEdit && (
        <IconBtn label={t('customers.edit')} onClick={onEdit}>
          <IconPencil size={17} stroke={1.7} />
        </IconBtn>
      )}
      {onDelete && !small && (
        <IconBtn label={t('ui.delete')} onClick={onDelete}>
          <IconTrash size={17} stroke={1.7} />
        </IconBtn>
      )}
      <Menu>
        <Menu.Target>
          <IconBtn label={t('ui.more')}>
            <IconDots size={18} stroke={1.7} />
          </IconBtn>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconLink size={15} stroke={1.7} />} onClick={copy}>
            {t('customers.profile.copyLink')}
          </Menu.Item>
          {onDelete && small && (
            <Menu.Item
              color="red"
              leftSection={<IconTrash size={15} stroke={1.7} />}
              onClick={onDelete}
            >
              {t('ui.delete')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
