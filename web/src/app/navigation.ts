import {
  IconAdjustmentsHorizontal,
  IconBuilding,
  IconDatabase,
  IconForms,
  IconHistory,
  IconShieldLock,
  IconSettingsAutomation,
  IconTags,
  IconUpload,
  IconUser,
  IconUsers,
  IconUsersGroup,
  type Icon,
} from '@tabler/icons-react';
import type { Meta } from '@/api/types';
import { can, maySeeJobs, type Holder } from '@/lib/permissions';

export interface NavEntry {
  to: string;
  icon: Icon;
  /** A key of the language files, or the text itself for entities that the server names. */
  label: string;
  hotkey?: string;
}

export interface NavGroup {
  label: string;
  entries: NavEntry[];
}

// These have a screen of their own.
const WITH_SCREEN = new Set(['contact']);

/** The groups of the sidebar: only screens that exist, and only for those who may read. */
export function mainNavigation(user: Holder, meta: Meta): NavGroup[] {
  const relationship: NavEntry[] = [];
  if (can(user, 'contact', 'read')) {
    relationship.push({
      to: '/clientes',
      icon: IconUsers,
      label: 'shell.nav.customers',
      hotkey: 'g c',
    });
  }
  const others = meta.entities
    .filter(({ name, inMenu }) => inMenu && !WITH_SCREEN.has(name) && can(user, name, 'read'))
    .map(({ name, labelPlural }) => ({
      to: `/registros/${name}`,
      icon: IconDatabase,
      label: labelPlural,
    }));
  return [
    { label: 'shell.nav.relationship', entries: relationship },
    { label: 'shell.nav.records', entries: others },
  ].filter(({ entries }) => entries.length > 0);
}

/** Where a person begins: the first page that they may see. */
export const startOf = (user: Holder, meta: Meta): string =>
  mainNavigation(user, meta)[0]?.entries[0]?.to ?? '/config/perfil';

/** The sub-navigation of Configurações. */
export function settingsNavigation(user: Holder): NavGroup[] {
  const readable = (entity: string) => can(user, entity, 'read');
  const group = (label: string, entries: (NavEntry | false)[]): NavGroup => ({
    label: `settings.group.${label}`,
    entries: entries.filter((entry) => entry !== false),
  });
  const page = (name: string, icon: Icon): NavEntry => ({
    to: `/config/${name}`,
    icon,
    label: `settings.${PAGES[name]}.title`,
  });
  return [
    group('you', [page('perfil', IconUser), page('preferencias', IconAdjustmentsHorizontal)]),
    group('company', [
      page('empresa', IconBuilding),
      readable('user') && page('usuarios', IconUsers),
      readable('team') && page('equipes', IconUsersGroup),
      page('perfis', IconShieldLock),
    ]),
    group('data', [
      readable('tag') && page('etiquetas', IconTags),
      page('campos', IconForms),
      page('importacoes', IconUpload),
      page('operacoes', IconHistory),
      maySeeJobs(user) && page('trabalhos', IconSettingsAutomation),
    ]),
  ];
}

const PAGES: Record<string, string> = {
  perfil: 'profile',
  preferencias: 'preferences',
  empresa: 'company',
  usuarios: 'users',
  equipes: 'teams',
  perfis: 'roles',
  etiquetas: 'tags',
  campos: 'fields',
  importacoes: 'imports',
  operacoes: 'operations',
  trabalhos: 'jobs',
};

/** Where a record is shown. */
export const addressOf = (entity: string, id: string): string =>
  entity === 'contact' ? `/clientes/${id}` : `/registros/${entity}/${id}`;
