// A module is one entry in the list: what it says appears everywhere, with nothing told twice.
import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keys } from '@/api/keys';
import { createPatcher } from '@/api/patches';
import { closeSession } from '@/api/session';
import { addressOf } from '@/lib/addresses';
import { account } from '@/testing/account';
import { openProgram, serve, signIn } from '@/testing/program';
import type * as all from '@/modules';
import { refreshesOf } from './screens';

vi.setConfig({ testTimeout: 30_000 });
vi.mock('@/api/socket', () => ({ connectRealtime: () => () => {}, useViewers: () => [] }));
vi.mock('@/modules', async (original) => {
  const real = await original<typeof all>();
  const { sales } = await import('@/testing/salesModule');
  return { ...real, modules: [...real.modules, sales] };
});

const person = account({
  proposal: { read: 'all', create: 'all', update: 'all' },
  item: { read: 'all' },
});
const page = (data: object[]) =>
  Response.json({ data, pagination: { page: 1, limit: 50, total: data.length, totalPages: 1 } });
let rows: object[] = [];

function answer({ pathname, searchParams }: URL): Response {
  const path = pathname.replace('/api/v1', '');
  if (path === '/auth/me') return Response.json(person.me);
  if (path === '/meta') return Response.json(person.meta);
  if (path === '/auth/refresh') return Response.json({ accessToken: 'a', refreshToken: 'b' });
  if (path === '/search') {
    const hit = { id: 'i', title: searchParams.get('q'), subtitle: null, detail: null };
    return Response.json({ groups: [{ entity: 'item', label: 'Itens', data: [hit] }] });
  }
  if (path === '/proposals/p1') return Response.json({ id: 'p1', version: 1, name: 'P-1' });
  return page(path === '/proposals' ? rows : []);
}

beforeEach(() => {
  rows = [{ id: 'p1', version: 1, name: 'P-1', tags: [] }];
  signIn();
  serve(answer);
});
afterEach(closeSession);

it('is in the menu, in its group, and shows its list with its own cells', async () => {
  await openProgram('/propostas');

  const menu = within(screen.getByRole('navigation', { name: 'Navegação principal' }));
  expect(menu.getByRole('heading', { name: 'Vendas' })).toBeVisible();
  expect(menu.getByRole('link', { name: 'proposals' })).toHaveAttribute('href', '/propostas');
  expect(screen.getByRole('heading', { level: 1, name: 'proposals' })).toBeVisible();
  expect(await screen.findByText('Proposta P-1')).toBeVisible();
});

it('is where a person begins who may see nothing else', async () => {
  const { router } = await openProgram('/');

  expect(router.state.location.pathname).toBe('/propostas');
});

it('has its keys: G to go there, N for a new one', async () => {
  const { router, settle } = await openProgram('/config/preferencias');

  await userEvent.keyboard('np');
  await settle();
  expect(router.state.location).toMatchObject({ pathname: '/propostas', search: { novo: 1 } });
  expect(await screen.findByRole('dialog', { name: 'Criar proposal' })).toBeVisible();
});

it('is offered by Spotlight, and what was found leads where it says', async () => {
  const { router, settle } = await openProgram('/config/preferencias');
  await userEvent.click(screen.getByRole('button', { name: 'Buscar' }));
  const box = await screen.findByRole('combobox');

  await userEvent.type(box, '>criar');
  expect(await screen.findByRole('option', { name: 'Criar proposal' })).toBeVisible();
  await userEvent.clear(box);
  await userEvent.type(box, 'Instalação');
  await userEvent.click(await screen.findByRole('option', { name: /Instalação/ }));
  await settle();

  expect(router.state.location.pathname).toBe('/propostas/p1');
  expect(screen.getByRole('heading', { level: 1, name: 'P-1' })).toBeVisible();
});

it('knows where its records are, and what its events make stale', async () => {
  const { client } = await openProgram('/propostas');
  client.setQueryData(['forecast'], 1);
  const patcher = createPatcher(client, 'me', refreshesOf);

  expect(addressOf('proposal', 'p1')).toBe('/propostas/p1');
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  patcher.take('proposal.updated', { entityId: 'p1', version: 2, changes: { name: 'P-2' } });
  act(() => patcher.flush());
  vi.runAllTimers();
  vi.useRealTimers();

  expect(client.getQueryState(['forecast'])?.isInvalidated).toBe(true);
  expect(client.getQueryData(keys.detail('proposal', 'p1'))).toBeUndefined();
  expect(await screen.findByText('Proposta P-2')).toBeVisible();
});

it('says by itself that nothing is there yet, and how to begin', async () => {
  rows = [];

  await openProgram('/propostas');

  const empty = within(screen.getByRole('main'));
  expect(empty.getByText('Nada por aqui ainda')).toBeVisible();
  expect(empty.getAllByRole('button', { name: 'Criar proposal' })).toHaveLength(2);
});

it('brings its pages of the settings along', async () => {
  const { settle } = await openProgram('/config/preferencias');

  await userEvent.click(screen.getByRole('link', { name: 'Funis de venda' }));
  await settle();

  expect(await screen.findByRole('heading', { name: 'Os funis' })).toBeVisible();
});
