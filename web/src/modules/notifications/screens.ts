import { IconBell, IconBellCog } from '@tabler/icons-react';
import { NOTIFICATIONS } from '@/api/notifications';
import { soon } from '@/lib/soon';
import type { WebModule } from '@/ui/screens';
import { CHOICES } from './addresses';

/** What each person is told. */
export const notifications: WebModule = {
  entities: [{ entity: 'notification', icon: IconBell, refreshes: () => [[...NOTIFICATIONS]] }],
  settings: [
    {
      address: CHOICES,
      label: 'notifications.choices.title',
      group: 'you',
      icon: IconBellCog,
      page: soon(async () => (await import('./ChoicesPage')).ChoicesPage),
    },
  ],
};

export const InboxPage = soon(async () => (await import('./InboxPage')).InboxPage);
