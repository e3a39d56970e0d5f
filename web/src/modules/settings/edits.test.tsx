import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { keys } from '@/api/keys';
import { serve, showPage } from '@/testing/page';
import { CompanyPage } from './CompanyPage';
import { FieldsPage } from './FieldsPage';
import { ProfilePage } from './ProfilePage';
import { fieldsQuery, tagsQuery, usersQuery } from './queries';
import { RolesPage } from './RolesPage';
import { TagsPage } from './TagsPage';
import { UsersPage } from './UsersPage';

// Four hundred time zones take a busy machine seconds to draw.
vi.setConfig({ testTimeout: 30_000 });

const everything = { read: 'all', create: 'all', update: 'all', delete: 'all', manage: 'all' };
const permissions = {
  tag: everything,
  user: everything,
  custom_field: everything,
  role: everything,
  tenant: everything,
};
const paged = (...data: object[]) => ({ pages: [{ data, pagination: {} }], pageParams: [1] });
const patchesOf = (heard: { method: string }[]) => heard.filter(({ method }) => method === 'PATCH');
const saveIn = (where: HTMLElement) =>
  userEvent.click(within(where).getByRole('button', { name: 'Salvar' }));

const vip = { id: 't', name: 'VIP', color: 'blue', version: 1 };
const bia = { id: 'u', name: 'Bia', email: 'bia@x.com.br', role: 'agent', teamId: null };
const plan = { id: 'f', key: 'plano', name: 'Plano', type: 'text', required: false, options: [] };

it.each([
  ['tag', <TagsPage key="t" />, vip, { color: 'red' }, /alterou Cor: de\s*Azul/],
  ['user', <UsersPage key="u" />, bia, { email: 'b@x.com.br' }, /alterou E-mail: de\s*bia@/],
  ['custom_field', <FieldsPage key="f" />, plan, { required: true }, /alterou .*: de\s*Não/],
])('renames a %s without taking back what a colleague changed', async (...given) => {
  const [name, page, row, theirs, said] = given;
  const heard = serve(({ method }) => (method === 'PATCH' ? [200, row] : undefined));
  const client = showPage(page, { permissions });
  const isField = name === 'custom_field';
  const ofPages = name === 'tag' ? tagsQuery : usersQuery;
  const { queryKey }: { queryKey: readonly unknown[] } = isField ? fieldsQuery('contact') : ofPages;
  const hold = (...rows: object[]) =>
    act(
      () =>
        void client.setQueryData(
          queryKey,
          isField ? { data: rows, pagination: {} } : paged(...rows),
        ),
    );
  hold({ active: true, ...row, version: 1 });
  if (name === 'user') {
    await userEvent.click(await screen.findByRole('button', { name: /Ações/ }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Editar' }));
  } else await userEvent.click(await screen.findByRole('button', { name: /Editar/ }));
  const dialog = await screen.findByRole('dialog');
  await userEvent.type(within(dialog).getByRole('textbox', { name: 'Nome' }), ' 2027');

  hold({ active: true, ...row, ...theirs, version: 2 });
  await waitFor(() => expect(dialog).toHaveTextContent(said));
  await saveIn(dialog);

  await waitFor(() => expect(patchesOf(heard)).toHaveLength(1));
  expect(patchesOf(heard)[0]).toMatchObject({ ifMatch: '"2"' });
  expect(patchesOf(heard)[0]).toHaveProperty('body', { name: `${row.name} 2027` });
});

it('sends of one’s own account only what was touched', async () => {
  const heard = serve(() => undefined);
  showPage(<ProfilePage />, { permissions });

  await userEvent.type(await screen.findByRole('textbox', { name: 'Nome' }), ' Dias');
  await saveIn(screen.getByLabelText('Há alterações não salvas'));

  await waitFor(() => expect(patchesOf(heard)).toHaveLength(1));
  expect(patchesOf(heard)[0]).toHaveProperty('body', { name: 'Marina Lopes Dias' });
  expect(patchesOf(heard)[0]).toMatchObject({ ifMatch: '"1"' });
});

it('asks whose name stands when one’s account was renamed in another tab', async () => {
  const elsewhere = { id: 'me', name: 'Marina L.', language: 'pt-BR', role: 'admin', version: 2 };
  const heard = serve(({ method, path, ifMatch }) => {
    if (method === 'PATCH' && ifMatch === '"1"') return [412, { code: 'x' }];
    return path.endsWith('/auth/me') ? [200, { user: elsewhere, tenant: {} }] : undefined;
  });
  showPage(<ProfilePage />, { permissions });

  await userEvent.type(await screen.findByRole('textbox', { name: 'Nome' }), ' Dias');
  await saveIn(screen.getByLabelText('Há alterações não salvas'));
  await userEvent.click(await screen.findByRole('button', { name: 'Manter o meu' }));
  await saveIn(screen.getByLabelText('Há alterações não salvas'));

  await waitFor(() => expect(patchesOf(heard)).toHaveLength(2));
  expect(patchesOf(heard)[1]).toMatchObject({
    body: { name: 'Marina Lopes Dias' },
    ifMatch: '"2"',
  });
});

const actions = [{ name: 'read', label: 'Ver' }];
const resources = [
  { name: 'note', label: 'Notas', actions },
  { name: 'tag', label: 'Etiquetas', actions: [...actions, { name: 'mix', label: 'Misturar' }] },
];

it('saves one cell of a role beside the one that another administrator changed', async () => {
  const role = {
    ...{ id: 'r', name: 'caixa', label: 'Caixa', users: 0, isBuiltIn: false, version: 1 },
    permissions: { note: { read: 'all' }, tag: { read: 'all' } },
  };
  const theirs = {
    ...role,
    version: 2,
    permissions: { ...role.permissions, tag: { read: 'own' } },
  };
  const heard = serve(({ method, ifMatch, path }) => {
    if (method === 'PATCH') return ifMatch === '"2"' ? [200, theirs] : [412, { code: 'x' }];
    if (path.endsWith('/r')) return [200, theirs];
    return path.endsWith('/roles') ? [200, { data: [role], resources }] : undefined;
  });
  showPage(<RolesPage />, { permissions });

  await userEvent.selectOptions(await screen.findByRole('combobox', { name: 'Notas: Ver' }), 'Não');
  // What only one kind of record knows has a row of its own.
  expect(screen.getByRole('combobox', { name: 'Etiquetas: Misturar' })).toHaveValue('none');
  await saveIn(screen.getByRole('region', { name: 'Há alterações não salvas' }));

  await waitFor(() => expect(patchesOf(heard)).toHaveLength(2));
  expect(patchesOf(heard)[1]).toMatchObject({
    body: { permissions: { note: { read: 'none' }, tag: { read: 'own' } } },
    ifMatch: '"2"',
  });
  expect(patchesOf(heard)[1]).not.toHaveProperty('body.label');
});

it('sends of the company only what was touched', async () => {
  const tenant = { id: 'c', name: 'Padaria', timezone: 'America/Sao_Paulo', locale: 'pt-BR' };
  const seen = { ...tenant, version: 1 };
  const heard = serve(({ method, path }) =>
    path.endsWith('/tenant')
      ? [200, method === 'PATCH' ? { ...seen, version: 3 } : seen]
      : undefined,
  );
  const client = showPage(<CompanyPage />, { permissions });
  // By label: four hundred time zones make asking by role slow.
  const name = await screen.findByLabelText(/Nome da empresa/);

  await userEvent.click(name);
  await userEvent.paste(' Sol');
  act(() => void client.setQueryData(keys.all('tenant'), { ...seen, locale: 'en', version: 2 }));
  await screen.findByDisplayValue('English');
  await saveIn(screen.getByLabelText('Há alterações não salvas'));

  await waitFor(() => expect(patchesOf(heard)).toHaveLength(1));
  expect(patchesOf(heard)[0]).toMatchObject({ body: { name: 'Padaria Sol' }, ifMatch: '"2"' });
  expect(patchesOf(heard)[0]).not.toHaveProperty('body.locale');
});

it('says which settings cannot be read, and asks for them again', async () => {
  const company = { name: 'Padaria', timezone: 'America/Manaus', locale: 'pt-BR', version: 1 };
  const module = { module: 'customers', label: 'Clientes', fields: [] };
  let works = false;
  serve(({ path }) => {
    if (path.endsWith('/tenant')) return [200, company];
    if (path.endsWith('/settings')) return [200, { data: [module] }];
    if (path.endsWith('/settings/customers')) return works ? [200, { version: 1 }] : [500, {}];
    return undefined;
  });
  showPage(<CompanyPage />, { permissions });

  // By text, as above.
  const again = await screen.findByText('Tentar de novo');
  expect(screen.queryByText('Clientes')).toBeNull();
  works = true;
  await userEvent.click(again);

  expect(await screen.findByText('Clientes')).toBeVisible();
});
