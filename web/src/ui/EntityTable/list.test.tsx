// What a list shows and where the keyboard stands in it.
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { closeSession } from '@/api/session';
import { account } from '@/testing/account';
import { openProgram, serve, signIn } from '@/testing/program';

vi.setConfig({ testTimeout: 30_000 });
vi.mock('@/api/socket', () => ({ connectRealtime: () => () => {}, useViewers: () => [] }));

const TAGS = ['vip', 'atacado', 'parceiro', 'retornar', 'cliente', 'novo', 'sul', 'norte'];
const person = (id: string, name: string) => ({ id, version: 1, name, status: 'active' });
const ana = { ...person('ana', 'Ana Ribeiro'), tags: TAGS };
const rows = [ana, { ...person('bia', 'Bia Lima'), tags: ['vip'] }];

function answer({ pathname }: URL): Response {
  const path = pathname.replace('/api/v1', '');
  if (path === '/auth/me') return Response.json(account().me);
  if (path === '/meta') return Response.json(account().meta);
  if (path === '/auth/refresh') return Response.json({ accessToken: 'a', refreshToken: 'b' });
  if (path === '/contacts/ana') return Response.json(ana);
  return Response.json({
    data: path === '/contacts' ? rows : [],
    pagination: { page: 1, limit: 50, total: 2, totalRelation: 'eq', totalPages: 1 },
  });
}

beforeEach(() => {
  signIn();
  serve(answer);
});
afterEach(closeSession);

const STOPS = 'a[href], button, input, [tabindex]';
const stopsIn = (element: Element) =>
  [...element.querySelectorAll<HTMLElement>(STOPS)].filter(({ tabIndex }) => tabIndex >= 0);

it('is one stop of the Tab key, however many rows there are', async () => {
  await openProgram('/clientes');

  const body = screen.getByRole('grid').querySelector('tbody')!;

  expect(stopsIn(body)).toHaveLength(1);
});

it('opens the actions of a row from its cell, and is in the cell again after them', async () => {
  await openProgram('/clientes');
  const cell = document.querySelector<HTMLElement>('[data-cell="bia:menu"]')!;
  cell.focus();

  await userEvent.keyboard('{Enter}');
  expect(await screen.findByRole('menuitem', { name: 'Editar' })).toBeVisible();
  await userEvent.keyboard('{Escape}');

  await waitFor(() => expect(document.activeElement).toHaveAttribute('data-cell', 'bia:menu'));
});

it('shows two tags and how many more', async () => {
  await openProgram('/clientes');

  const cell = document.querySelector('[data-cell="ana:tags"]')!;

  expect(cell).toHaveTextContent('vipatacado+6');
  expect(cell.querySelector('[title]')).toHaveAttribute('title', TAGS.join(', '));
});

it('shows people by their faces', async () => {
  await openProgram('/clientes');

  expect(document.querySelector('[data-cell="ana:name"]')).toHaveTextContent('ARAna Ribeiro');
});

it('sorts by a column, or says why not', async () => {
  await openProgram('/clientes');

  const head = (name: string) => screen.getByRole('columnheader', { name });

  expect(within(head('name')).getByRole('button')).toBeVisible();
  expect(within(head('tags')).queryByRole('button')).toBeNull();
  expect(head('tags').title).toMatch(/^A lista não ordena por tags: /);
});

it('gives the focus back when a drawer closes', async () => {
  const { settle } = await openProgram('/clientes');
  const create = screen.getByRole('button', { name: 'Novo cliente' });
  await userEvent.click(create);
  await screen.findByRole('dialog', { name: 'Novo cliente' });

  await userEvent.keyboard('{Escape}');
  await settle();

  await waitFor(() => expect(create).toHaveFocus());
});

it('is folded and opened by the mouse', async () => {
  await openProgram('/config/preferencias');

  await userEvent.click(screen.getByRole('button', { name: 'Recolher o menu' }));
  expect(screen.getByRole('complementary', { name: 'Menu' })).toHaveAttribute('data-collapsed');
  await userEvent.click(screen.getByRole('button', { name: 'Abrir o menu' }));

  expect(screen.getByRole('complementary', { name: 'Menu' })).not.toHaveAttribute('data-collapsed');
});
