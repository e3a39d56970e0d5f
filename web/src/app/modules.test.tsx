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
  const { bookings } = await import('@/testing/bookingsModule');
  return { ...real, modules: [...real.modules, bookings] };
});

const person = account({
  booking: { read: 'all', create: 'all', update: 'all' },
  voucher: { read: 'all' },
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
    return Response.json({ groups: [{ entity: 'voucher', label: 'Vales', data: [hit] }] });
  }
  if (path === '/bookings/b1') return Response.json({ id: 'b1', version: 1, name: 'R-1' });
  return page(path === '/bookings' ? rows : []);
}

beforeEach(() => {
  rows = [{ id: 'b1', version: 1, name: 'R-1', tags: [] }];
  signIn();
  serve(answer);
});
afterEach(closeSession);

it('is in the menu, in its group, and shows its list with its own cells', async () => {
  await openProgram('/reservas');

  const menu = within(screen.getByRole('navigation', { name: 'Navegação principal' }));
  expect(menu.getByRole('heading', { name: 'Vendas' })).toBeVisible();
  expect(menu.getByRole('link', { name: 'bookings' })).toHaveAttribute('href', '/reservas');
  expect(screen.getByRole('heading', { level: 1, name: 'bookings' })).toBeVisible();
  expect(await screen.findByText('Reserva R-1')).toBeVisible();
});

it('stands below the start page, where everybody begins', async () => {
  await openProgram('/');

  const menu = within(screen.getByRole('navigation', { name: 'Navegação principal' }));
  const places = menu.getAllByRole('link').map((link) => link.getAttribute('href'));
  expect(places.slice(0, 2)).toEqual(['/', '/reservas']);
  expect(menu.getByRole('link', { name: 'Início' })).toHaveAttribute('aria-current', 'page');
});

it('has its keys: G to go there, N for a new one', async () => {
  const { router, settle } = await openProgram('/config/preferencias');

  await userEvent.keyboard('nr');
  await settle();
  expect(router.state.location).toMatchObject({ pathname: '/reservas', search: { novo: 1 } });
  expect(await screen.findByRole('dialog', { name: 'Criar booking' })).toBeVisible();
});

it('is offered by Spotlight, and what was found leads where it says', async () => {
  const { router, settle } = await openProgram('/config/preferencias');
  await userEvent.click(screen.getByRole('button', { name: 'Buscar' }));
  const box = await screen.findByRole('combobox');

  await userEvent.type(box, '>criar');
  expect(await screen.findByRole('option', { name: 'Criar booking' })).toBeVisible();
  await userEvent.clear(box);
  await userEvent.type(box, 'Estadia');
  await userEvent.click(await screen.findByRole('option', { name: /Estadia/ }));
  await settle();

  expect(router.state.location.pathname).toBe('/reservas/b1');
  expect(screen.getByRole('heading', { level: 1, name: 'R-1' })).toBeVisible();
});

it('knows where its records are, and what its events make stale', async () => {
  const { client } = await openProgram('/reservas');
  client.setQueryData(['occupancy'], 1);
  const patcher = createPatcher(client, 'me', refreshesOf);

  expect(addressOf('booking', 'b1')).toBe('/reservas/b1');
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  patcher.take('booking.updated', { entityId: 'b1', version: 2, changes: { name: 'R-2' } });
  act(() => patcher.flush());
  vi.runAllTimers();
  vi.useRealTimers();

  expect(client.getQueryState(['occupancy'])?.isInvalidated).toBe(true);
  expect(client.getQueryData(keys.detail('booking', 'b1'))).toBeUndefined();
  expect(await screen.findByText('Reserva R-2')).toBeVisible();
});

it('says by itself that nothing is there yet, and how to begin', async () => {
  rows = [];

  await openProgram('/reservas');

  const empty = within(screen.getByRole('main'));
  expect(empty.getByText('Nada por aqui ainda')).toBeVisible();
  expect(empty.getAllByRole('button', { name: 'Criar booking' })).toHaveLength(2);
});

it('brings its pages of the settings along', async () => {
  const { settle } = await openProgram('/config/preferencias');

  await userEvent.click(screen.getByRole('link', { name: 'Salas' }));
  await settle();

  expect(await screen.findByRole('heading', { name: 'As salas' })).toBeVisible();
});
