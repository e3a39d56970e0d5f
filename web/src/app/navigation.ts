import { IconDatabase, IconHome, type Icon } from '@tabler/icons-react';
import type { Meta } from '@/api/types';
import { HOME, listOf } from '@/lib/addresses';
import { can, type Holder } from '@/lib/permissions';
import type { SettingsScreen } from '@/ui/screens';
import { screens, settingsScreens, screenOf } from './screens';

export interface NavEntry {
  to: string;
  icon: Icon;
  /** A key of the language files, or the text itself for entities that the server names. */
  label: string;
  hotkey?: string;
  /** Whose list it is. */
  entity?: string;
}

export interface NavGroup {
  /** The first has none. */
  label?: string;
  entries: NavEntry[];
}

/** What nobody gave a place of its own, the last in the menu. */
const OTHERS = 'records';

/** The groups of the sidebar: only screens that exist, and only for those who may read. */
export function mainNavigation(user: Holder, meta: Meta): NavGroup[] {
  const groups = new Map<string, NavEntry[]>();
  const put = (group: string, entry: NavEntry) =>
    groups.set(group, [...(groups.get(group) ?? []), entry]);
  for (const { entity, address, group = OTHERS, icon, letter, words } of screens) {
    if (!address || !can(user, entity, 'read')) continue;
    const declared = meta.entities.find(({ name }) => name === entity);
    const label = words ? `${words}.title` : (declared?.labelPlural ?? entity);
    put(group, { entity, to: address, icon, label, hotkey: letter && `g ${letter}` });
  }
  for (const { name, inMenu, labelPlural } of meta.entities) {
    if (!inMenu || screenOf(name)?.address || !can(user, name, 'read')) continue;
    const icon = screenOf(name)?.icon ?? IconDatabase;
    put(OTHERS, { entity: name, to: listOf(name), icon, label: labelPlural });
  }
  const home = { to: HOME, icon: IconHome, label: 'home.title', hotkey: 'g i' };
  const others = [...groups].map(([group, entries]) => ({ label: `shell.nav.${group}`, entries }));
  return [{ entries: [home] }, ...others];
}

/** Whether an entry of the menu leads to where one is, or to what is above it. */
export const isAt = (pathname: string, to: string): boolean =>
  pathname === to || (to !== HOME && pathname.startsWith(`${to}/`));

const SETTINGS_GROUPS: SettingsScreen['group'][] = ['you', 'company', 'integrations', 'data'];

/** The sub-navigation of Configurações. */
export const settingsNavigation = (user: Holder) =>
  SETTINGS_GROUPS.map((group) => ({
    group,
    label: `settings.group.${group}`,
    entries: settingsScreens
      .filter((screen) => screen.group === group && (screen.isFor?.(user) ?? true))
      .map(({ address, icon, label }): NavEntry => ({ to: address, icon, label })),
  }));
