import { IconFiles, IconForms, IconNote, IconTag, IconUsers } from '@tabler/icons-react';
import { keys } from '@/api/keys';
import { soon } from '@/lib/soon';
import type { WebModule } from '@/ui/screens';
import { CUSTOMERS, customerAt } from './addresses';

/** The customer base: who they are, what was noted of them, how they are marked. */
export const customers: WebModule = {
  home: async () => (await import('./home')).home,
  entities: [
    {
      entity: 'contact',
      icon: IconUsers,
      address: CUSTOMERS,
      group: 'relationship',
      letter: 'c',
      words: 'customers',
      hasFace: true,
      list: async () => (await import('./customerList')).customerList,
      form: soon(async () => (await import('./CustomerDrawer')).CustomerDrawer),
      page: soon(async () => (await import('./profile/ProfilePage')).ProfilePage),
      dashboard: soon(async () => (await import('./dashboard/Dashboard')).Dashboard),
    },
    {
      entity: 'note',
      icon: IconNote,
      // Among the others of its customer.
      opens: async ({ id }) => {
        const { contactId } = await (await import('./queries')).getNote(id);
        return { to: customerAt(contactId), search: { tab: 'notas', nota: id } };
      },
    },
    {
      entity: 'document',
      icon: IconFiles,
      // Among the others of its customer.
      opens: async ({ id }) => {
        const { contactId } = await (await import('./queries')).getDocument(id);
        return { to: customerAt(contactId), search: { tab: 'documentos' } };
      },
    },
    {
      entity: 'tag',
      icon: IconTag,
      // Who carries it.
      opens: ({ title }) => {
        const filter = { field: 'tags', op: 'has_any', value: [title] };
        return { to: CUSTOMERS, search: { filter } };
      },
      refreshes: () => [keys.meta],
    },
    { entity: 'custom_field', icon: IconForms, refreshes: () => [keys.meta] },
  ],
};
