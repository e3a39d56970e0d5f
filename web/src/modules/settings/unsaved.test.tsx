import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { serve, showPage } from '@/testing/page';
import { FieldsPage } from './FieldsPage';
import { RolesPage } from './RolesPage';
import { TagsPage } from './TagsPage';
import { TeamsPage } from './TeamsPage';
import { UsersPage } from './UsersPage';

vi.setConfig({ testTimeout: 30_000 });

const all = { read: 'all', create: 'all', update: 'all', delete: 'all' };
const permissions = { user: all, team: all, tag: all, role: all, custom_field: all };
const role = (name: string, label: string) => ({
  ...{ id: name, name, label, users: 0, isBuiltIn: false, version: 1 },
  permissions: { tag: { read: 'all' } },
});

const resources = [{ name: 'tag', label: 'Etiquetas', actions: [{ name: 'read', label: 'Ver' }] }];

function open(page: React.ReactNode) {
  serve(({ path }) =>
    path.endsWith('/roles')
      ? [200, { data: [role('caixa', 'Caixa'), role('gerente', 'Gerente')], resources }]
      : undefined,
  );
  showPage(page, { permissions });
}
const question = () => screen.findByRole('dialog', { name: 'Sair sem salvar?' });
const answer = async (name: string) =>
  userEvent.click(within(await question()).getByRole('button', { name }));

it.each([
  ['Novo usuário', <UsersPage key="u" />],
  ['Novo campo', <FieldsPage key="f" />],
  ['Nova equipe', <TeamsPage key="t" />],
  ['Nova etiqueta', <TagsPage key="e" />],
  ['Nova função', <RolesPage key="r" />],
])('%s asks before what is typed goes away', async (name, page) => {
  open(page);
  await userEvent.click(await screen.findByRole('button', { name }));
  const dialog = await screen.findByRole('dialog', { name });
  const input = within(dialog).getByRole('textbox', { name: 'Nome' });
  await userEvent.type(input, 'Quase');

  await userEvent.keyboard('{Escape}');
  await answer('Continuar editando');
  expect(input).toHaveValue('Quase');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Fechar' }));
  await answer('Continuar editando');
  expect(input).toHaveValue('Quase');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Cancelar' }));
  await answer('Sair sem salvar');

  await waitFor(() => expect(screen.queryByRole('dialog', { name })).toBeNull());
});

it('closes at once where nothing was typed', async () => {
  open(<TeamsPage />);
  await userEvent.click(await screen.findByRole('button', { name: 'Nova equipe' }));
  await screen.findByRole('dialog', { name: 'Nova equipe' });

  await userEvent.keyboard('{Escape}');

  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

it('keeps the changed matrix until somebody says that it may go', async () => {
  open(<RolesPage />);
  const cell = await screen.findByRole('combobox', { name: 'Etiquetas: Ver' });
  await userEvent.selectOptions(cell, 'Não');
  const chooseOther = async () => {
    await userEvent.click(screen.getByRole('combobox', { name: 'Função' }));
    await userEvent.click(await screen.findByRole('option', { name: 'Gerente' }));
  };

  await chooseOther();
  await answer('Continuar editando');
  expect(screen.getByRole('combobox', { name: 'Etiquetas: Ver' })).toHaveValue('none');
  await chooseOther();
  await answer('Sair sem salvar');

  await waitFor(() =>
    expect(screen.getByRole('combobox', { name: 'Etiquetas: Ver' })).toHaveValue('all'),
  );
});
