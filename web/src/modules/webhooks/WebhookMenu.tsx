import { Menu } from '@mantine/core';
import {
  IconDots,
  IconKey,
  IconListDetails,
  IconPencil,
  IconSend,
  IconTrash,
} from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { useCan } from '@/api/me';
import { IconBtn } from '@/ui/IconBtn';
import { toast } from '@/ui/toast';
import { deliveriesOf } from './addresses';
import { nameOf, type Webhook } from './deliveryState';
import { sendTest, webhooks } from './queries';

export interface WebhookMenuProps {
  webhook: Webhook;
  onEdit: () => void;
  onRotate: () => void;
  /** Gets the delivery that shows what comes of it. */
  onTested: (delivery: string) => void;
}

const icon = { size: 16, stroke: 1.7 };

export function WebhookMenu({ webhook, onEdit, onRotate, onTested }: WebhookMenuProps) {
  const { t } = useTranslation();
  const may = useCan();
  const navigate = useNavigate();
  const remove = useRemove();
  const mayUpdate = may('webhook', 'update');
  const label = t('settings.actionsOf', { name: nameOf(webhook) });
  const test = () =>
    sendTest(webhook.id).then(
      ({ id }) => onTested(id),
      (error: unknown) => toast.fail(error),
    );
  return (
    <Menu>
      <Menu.Target>
        <IconBtn label={label} tooltip={false}>
          <IconDots size={17} stroke={1.8} />
        </IconBtn>
      </Menu.Target>
      <Menu.Dropdown aria-label={label}>
        <Menu.Item
          leftSection={<IconListDetails {...icon} />}
          onClick={() => void navigate(deliveriesOf(webhook.id))}
        >
          {t('webhooks.deliveries.title')}
        </Menu.Item>
        {mayUpdate && webhook.active && (
          <Menu.Item leftSection={<IconSend {...icon} />} onClick={() => void test()}>
            {t('webhooks.test.send')}
          </Menu.Item>
        )}
        {mayUpdate && (
          <Menu.Item leftSection={<IconPencil {...icon} />} onClick={onEdit}>
            {t('ui.edit')}
          </Menu.Item>
        )}
        {mayUpdate && (
          <Menu.Item leftSection={<IconKey {...icon} />} onClick={onRotate}>
            {t('webhooks.rotate.action')}
          </Menu.Item>
        )}
        {may('webhook', 'delete') && (
          <Menu.Item
            color="red"
            leftSection={<IconTrash {...icon} />}
            onClick={() => void remove(webhook)}
          >
            {t('ui.delete')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Into the bin, and out again while the toast offers it. */
function useRemove() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const attempt = async (run: () => Promise<unknown>, done?: () => void) => {
    try {
      await run();
      await client.invalidateQueries({ queryKey: keys.lists('webhook') });
      done?.();
    } catch (error) {
      toast.fail(error);
    }
  };
  return (webhook: Webhook) =>
    attempt(
      () => webhooks.remove(webhook.id),
      () =>
        toast.done(t('webhooks.deleted', { name: nameOf(webhook) }), {
          undo: () => void attempt(() => webhooks.restore(webhook.id)),
        }),
    );
}
