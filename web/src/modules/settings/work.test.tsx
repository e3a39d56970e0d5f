import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { keys } from '@/api/keys';
import { entity, field, serve, showPage } from '@/testing/page';
import { ImportsPage } from './ImportsPage';
import { OperationsPage } from './OperationsPage';

const counts = { total: 9, processed: 4, changed: 3, skipped: 1, failed: 0, undone: 0, kept: 0 };
const ended = { createdAt: '2026-11-27T09:00:00Z', undoableUntil: null, error: 'interrupted' };
const common = { ...counts, ...ended, entity: 'contact', state: 'failed', createdBy: 'c' };
const bulk = { id: 'o', title: 'Alteração', fields: ['status', 'customFields.plano'], ...common };
const file = { id: 'i', fileName: 'feira.csv', created: 3, updated: 0, dryRun: false, ...common };

const entities = [
  entity('contact', [field('status', 'Situação'), field('customFields.plano', 'Plano')], {
    labelPlural: 'clientes',
  }),
  entity('user', [field('name', 'Nome')], { titleField: 'name' }),
];
const permissions = { user: { read: 'all' }, contact: { import: 'all' } };

function open(page: React.ReactNode, kind: string, row: object, refuse = false) {
  let state = row;
  const heard = serve(({ method, path }) => {
    if (path.endsWith('/users')) return [200, { data: [{ id: 'c', name: 'Carlos Meireles' }] }];
    if (method === 'GET') return [200, { data: [state], pagination: {} }];
    if (refuse) return [409, { code: 'x', title: 'Não pode mais continuar' }];
    state = { ...row, state: 'running', error: null, resumable: false };
    return [202, state];
  });
  const client = showPage(page, { entities, permissions });
  const rows = { pages: [{ data: [row], pagination: {} }], pageParams: [1] };
  act(() => void client.setQueryData(keys.list(kind, { screen: 'settings' }), rows));
  return () => heard.filter(({ method }) => method === 'POST').map(({ path }) => path);
}

const works: [string, React.ReactNode, object, string][] = [
  ['operation', <OperationsPage key="o" />, bulk, '/api/v1/operations/o/resume'],
  ['import', <ImportsPage key="i" />, file, '/api/v1/imports/i/resume'],
];

it.each(works)('goes on with a given up %s when somebody says so', async (...given) => {
  const [kind, page, row, address] = given;
  const asked = open(page, kind, { ...row, resumable: true });

  await userEvent.click(await screen.findByRole('button', { name: /^Continuar/ }));

  await waitFor(() => expect(asked()).toEqual([address]));
  await waitFor(() => expect(screen.queryByRole('button', { name: /^Continuar/ })).toBeNull());
  expect(screen.getByText('Em andamento')).toBeVisible();
});

it.each(works)('offers no way on where there is none: %s', async (kind, page, row) => {
  open(page, kind, { ...row, resumable: false });

  await screen.findByText(/Carlos Meireles/);

  expect(screen.queryByRole('button', { name: /^Continuar/ })).toBeNull();
});

it.each(works)('a refused %s can be asked again', async (kind, page, row) => {
  const asked = open(page, kind, { ...row, resumable: true }, true);
  const button = await screen.findByRole('button', { name: /^Continuar/ });

  await userEvent.click(button);
  await waitFor(() => expect(button).toBeEnabled());
  await userEvent.click(button);

  await waitFor(() => expect(asked()).toHaveLength(2));
});

it('says who changed many, when and what, also when it went wrong', async () => {
  open(works[0]![1], 'operation', { ...bulk, resumable: true });

  const detail = await screen.findByText(/Carlos Meireles · .* · Situação, Plano · /);

  expect(detail).toHaveTextContent(/27\/11/);
});

it('says who brought a file and of what', async () => {
  open(works[1]![1], 'import', { ...file, error: null, resumable: false });

  await screen.findByText(/Carlos Meireles · .* · clientes · 3 criados/);
});
