import { expect, it } from 'vitest';
import type { Meta } from '@/api/types';
import type { Holder } from '@/lib/permissions';
import { addressOf } from '@/lib/addresses';
import { mainNavigation, settingsNavigation } from './navigation';

const entity = (name: string) =>
  ({
    ...{ name, labelPlural: `${name}s`, fields: [], permissions: {} },
    inMenu: name === 'contact' || name === 'ticket',
  }) as never;
const meta = { entities: ['contact', 'tag', 'note', 'ticket'].map(entity) } as Meta;
const user = (role: string, permissions: Holder['permissions']): Holder => ({
  id: 'me',
  role,
  permissions,
});
const addresses = (groups: { entries: { to: string }[] }[]) =>
  groups.flatMap(({ entries }) => entries.map(({ to }) => to));

it('shows only what the person may read', () => {
  const nobody = user('readonly', {});
  const seller = user('sales', { contact: { read: 'own' } });

  expect(addresses(mainNavigation(nobody, meta))).toEqual(['/']);
  expect(addresses(mainNavigation(seller, meta))).toEqual(['/', '/clientes']);
});

it('lists declared entities that have no screen of their own', () => {
  const permissions = { contact: { read: 'all' }, tag: { read: 'all' }, ticket: { read: 'all' } };

  const shown = addresses(mainNavigation(user('agent', permissions as never), meta));

  expect(shown).toEqual(['/', '/clientes', '/registros/ticket']);
});

it('keeps system jobs for administrators', () => {
  expect(addresses(settingsNavigation(user('agent', {})))).not.toContain('/config/trabalhos');
  expect(addresses(settingsNavigation(user('admin', {})))).toContain('/config/trabalhos');
});

it('knows where a record is shown', () => {
  expect(addressOf('contact', '1')).toBe('/clientes/1');
  expect(addressOf('ticket', '2')).toBe('/registros/ticket/2');
});
