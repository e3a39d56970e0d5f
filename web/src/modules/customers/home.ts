import { IconUpload } from '@tabler/icons-react';
import { importOf } from '@/lib/addresses';
import { can } from '@/lib/permissions';
import type { HomeParts } from '@/ui/Home/parts';
import { homeFigures } from './figures';
import { statsQuery } from './queries';
import { RecentNotes } from './RecentNotes';

/** How the base stands, and what was noted last. */
export const home: HomeParts = {
  figures: homeFigures,
  steps: [
    {
      key: 'customers',
      order: 3,
      icon: IconUpload,
      isFor: (user) => user.role === 'admin' && can(user, 'contact', 'import'),
      label: 'customers.home.bring',
      text: 'customers.home.bringText',
      to: importOf('contact'),
      asked: () => ({ ...statsQuery, select: ({ total }) => total > 0 }),
    },
  ],
  cards: [
    {
      key: 'notes',
      isFor: (user) => can(user, 'note', 'read') && can(user, 'contact', 'read'),
      Card: RecentNotes,
    },
  ],
};
