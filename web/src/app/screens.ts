import type { RefreshesOf } from '@/api/patches';
import { openBy, settleAt } from '@/lib/addresses';
import { modules } from '@/modules';
import type { EntityScreen, SettingsScreen } from '@/ui/screens';

/** What all modules say together: read by the menu, search, keys, addresses and live updates. */
export const screens = modules.flatMap(({ entities = [] }) => entities);
export const settingsScreens = modules.flatMap(({ settings = [] }) => settings);

for (const { entity, address, opens } of screens) {
  if (address) settleAt(entity, address);
  if (opens) openBy(entity, opens);
}

export const screenOf = (entity: string): EntityScreen | undefined =>
  screens.find((screen) => screen.entity === entity);

export const settingsAt = (path: string): SettingsScreen | undefined =>
  settingsScreens.find(({ address }) => address === path);

export const refreshesOf: RefreshesOf = (entity) => screenOf(entity)?.refreshes;
