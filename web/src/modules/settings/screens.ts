import {
  IconAdjustmentsHorizontal,
  IconBuilding,
  IconDownload,
  IconForms,
  IconFingerprint,
  IconHistory,
  IconInbox,
  IconKey,
  IconMailCog,
  IconSend,
  IconSettingsAutomation,
  IconShieldLock,
  IconTags,
  IconUpload,
  IconUser,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react';
import { can, type Holder } from '@/lib/permissions';
import { soon } from '@/lib/soon';
import type { WebModule } from '@/ui/screens';
import { MAIL, OUTBOX } from './addresses';
import { mayChangeCompany, maySeeJobs } from './rights';

const readers = (entity: string) => (user: Holder) => can(user, entity, 'read');
const page = (address: string, words: string) => ({
  address: `/config/${address}`,
  label: `settings.${words}.title`,
});

/** What can be set: one's own account, the company, its data. */
export const settings: WebModule = {
  home: async () => (await import('./home')).home,
  settings: [
    {
      ...page('perfil', 'profile'),
      group: 'you',
      icon: IconUser,
      page: soon(async () => (await import('./ProfilePage')).ProfilePage),
    },
    {
      ...page('preferencias', 'preferences'),
      group: 'you',
      icon: IconAdjustmentsHorizontal,
      page: soon(async () => (await import('./PreferencesPage')).PreferencesPage),
    },
    {
      ...page('empresa', 'company'),
      group: 'company',
      icon: IconBuilding,
      page: soon(async () => (await import('./CompanyPage')).CompanyPage),
    },
    {
      ...page('usuarios', 'users'),
      group: 'company',
      icon: IconUsers,
      isFor: readers('user'),
      page: soon(async () => (await import('./UsersPage')).UsersPage),
    },
    {
      ...page('equipes', 'teams'),
      group: 'company',
      icon: IconUsersGroup,
      isFor: readers('team'),
      page: soon(async () => (await import('./TeamsPage')).TeamsPage),
    },
    {
      ...page('perfis', 'roles'),
      group: 'company',
      icon: IconShieldLock,
      page: soon(async () => (await import('./RolesPage')).RolesPage),
    },
    {
      ...page('chaves', 'apiKeys'),
      group: 'company',
      icon: IconKey,
      isFor: readers('api_key'),
      page: soon(async () => (await import('./ApiKeysPage')).ApiKeysPage),
    },
    {
      ...page('auditoria', 'audit'),
      group: 'company',
      icon: IconFingerprint,
      isFor: readers('audit'),
      page: soon(async () => (await import('./AuditPage')).AuditPage),
    },
    {
      address: MAIL,
      label: 'settings.mail.title',
      group: 'integrations',
      icon: IconMailCog,
      isFor: mayChangeCompany,
      page: soon(async () => (await import('./MailPage')).MailPage),
    },
    {
      address: OUTBOX,
      label: 'settings.outbox.title',
      group: 'integrations',
      icon: IconSend,
      isFor: readers('mail'),
      page: soon(async () => (await import('./OutboxPage')).OutboxPage),
    },
    {
      ...page('recebidos', 'inbound'),
      group: 'integrations',
      icon: IconInbox,
      isFor: maySeeJobs,
      page: soon(async () => (await import('./InboundPage')).InboundPage),
    },
    {
      ...page('etiquetas', 'tags'),
      group: 'data',
      icon: IconTags,
      isFor: readers('tag'),
      page: soon(async () => (await import('./TagsPage')).TagsPage),
    },
    {
      ...page('campos', 'fields'),
      group: 'data',
      icon: IconForms,
      page: soon(async () => (await import('./FieldsPage')).FieldsPage),
    },
    {
      ...page('importacoes', 'imports'),
      group: 'data',
      icon: IconUpload,
      page: soon(async () => (await import('./ImportsPage')).ImportsPage),
    },
    {
      ...page('exportacoes', 'exports'),
      group: 'data',
      icon: IconDownload,
      page: soon(async () => (await import('./ExportsPage')).ExportsPage),
    },
    {
      ...page('operacoes', 'operations'),
      group: 'data',
      icon: IconHistory,
      page: soon(async () => (await import('./OperationsPage')).OperationsPage),
    },
    {
      ...page('trabalhos', 'jobs'),
      group: 'data',
      icon: IconSettingsAutomation,
      isFor: maySeeJobs,
      page: soon(async () => (await import('./JobsPage')).JobsPage),
    },
  ],
};
