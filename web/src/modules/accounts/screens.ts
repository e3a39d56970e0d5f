import { IconKey, IconShieldLock, IconUsers, IconUsersGroup } from '@tabler/icons-react';
import { keys } from '@/api/keys';
import type { WebModule } from '@/ui/screens';

/** Who works here, and what they may. */
export const accounts: WebModule = {
  entities: [
    {
      entity: 'user',
      icon: IconUsers,
      hasFace: true,
      refreshes: ({ entityId, changes = {} }, me) => [
        keys.meta,
        ...(entityId === me ? [keys.me] : []),
        // Whose team somebody is in decides who sees their records.
        ...('teamId' in changes ? [[]] : []),
      ],
    },
    { entity: 'team', icon: IconUsersGroup, refreshes: () => [keys.meta] },
    { entity: 'role', icon: IconShieldLock, refreshes: () => [keys.all('role')] },
    { entity: 'api_key', icon: IconKey },
    { entity: 'tenant', icon: IconUsers, refreshes: () => [keys.all('tenant')] },
  ],
};
