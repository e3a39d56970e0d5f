// Filters are put together in one place at a time, and nothing that was typed eats a chip.
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { closeSession } from '@/api/session';
import { account } from '@/testing/account';
import { openProgram, serve, signIn } from '@/testing/program';

vi.setConfig({ testTimeout: 30_000 });
vi.mock('@/api/socket', () => ({ connectRealtime: () => () => {}, useViewers: () => [] }));

const ana = { id: 'ana', version: 1, name: 'Ana Ribeiro', tags: [], status: 'active' };

function answer({ pathname, searchParams }: URL): Response {
  const path = pathname.replace('/api/v1', '');
  if (path === '/auth/me') return Response.json(account().me);
  if (path === '/meta') return Response.json(account().meta);
  if (path === '/auth/refresh') return Response.json({ accessToken: 'a', refreshToken: 'b' });
  const total = searchParams.get('filter') ? 95 : 414;
  return Response.json({
    data: path === '/contacts' ? [ana] : [],
    pagination: { page: 1, limit: 50, total, totalRelation: 'eq', totalPages: 1 },
  });
}

const contains = (value: string) => ({ field: 'name', op: 'contains', value });
const editor = () => screen.queryByRole('form', { name: 'Filtros avançados' });
const openEditor = async () => {
  await userEvent.click(screen.getByRole('button', { name: /^Filtros/ }));
  return within((await screen.findByRole('form', { name: 'Filtros avançados' })) as HTMLElement);
};
const addFilter = async () => {
  await userEvent.click(screen.getByRole('button', { name: 'Adicionar filtro' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'email' }));
};

beforeEach(() => {
  signIn();
  serve(answer);
});
afterEach(closeSession);

it('closes the editor when another filter is begun, which it does not eat', async () => {
  const { router } = await openProgram('/clientes');
  await userEvent.type((await openEditor()).getByLabelText('Valor'), 'ana');

  await addFilter();
  expect(editor()).toBeNull();
  await userEvent.type(await screen.findByLabelText('Valor'), 'brisa{Enter}');

  expect(router.state.location.search).toMatchObject({
    filter: { field: 'email', op: 'contains', value: 'brisa' },
  });
  // The editor begins with what stands now, not with what was left in it.
  expect((await openEditor()).getByLabelText('Valor')).toHaveValue('brisa');
});

it('closes on Esc wherever the focus is, and keeps what was begun', async () => {
  const { router } = await openProgram('/clientes');
  await userEvent.type((await openEditor()).getByLabelText('Valor'), 'ana');
  (document.activeElement as HTMLElement).blur();

  await userEvent.keyboard('{Escape}');

  expect(editor()).toBeNull();
  expect(router.state.location.search).not.toHaveProperty('filter.field');
  expect((await openEditor()).getByLabelText('Valor')).toHaveValue('ana');
});

it('leaves a chip as it was on Esc', async () => {
  const address = `/clientes?filter=${encodeURIComponent(JSON.stringify(contains('ana')))}`;
  const { router } = await openProgram(address);
  await userEvent.click(screen.getByRole('button', { name: /^name contém ana$/ }));
  await userEvent.type(await screen.findByLabelText('Valor'), 'x');

  await userEvent.keyboard('{Escape}');

  expect(router.state.location.search).toMatchObject({ filter: contains('ana') });
});

it('tells how many there will be', async () => {
  await openProgram('/clientes');
  const form = await openEditor();
  expect(await form.findByRole('button', { name: 'Mostrar 414' })).toBeVisible();

  await userEvent.type(form.getByLabelText('Valor'), 'ana');

  expect(await form.findByRole('button', { name: 'Mostrar 95' })).toBeVisible();
});

it('a list that finds nothing says so, and Enter in it sends no form', async () => {
  const { router } = await openProgram('/clientes');
  const form = await openEditor();
  await userEvent.type(form.getByLabelText('Valor'), 'ana');

  const field = form.getByRole<HTMLInputElement>('combobox', { name: 'Campo' });
  await userEvent.click(field);
  // Typing replaces the field that was chosen before.
  expect([field.selectionStart, field.selectionEnd]).toEqual([0, field.value.length]);
  await userEvent.keyboard('receita{Enter}');

  expect(await screen.findByText('Nada encontrado')).toBeVisible();
  expect(editor()).toBeVisible();
  expect(router.state.location.search).not.toHaveProperty('filter.field');
});
