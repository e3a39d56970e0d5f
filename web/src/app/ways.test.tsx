// Where links, deletions and searches lead.
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { closeSession } from '@/api/session';
import { account } from '@/testing/account';
import { openProgram, serve, signIn } from '@/testing/program';

vi.setConfig({ testTimeout: 30_000 });
vi.mock('@/api/socket', () => ({ connectRealtime: () => () => {}, useViewers: () => [] }));

const ana = { id: 'ana', version: 1, name: 'Ana Ribeiro', tags: [], status: 'active' };
const TOTAL = 120;
const filter = { field: 'name', op: 'contains', value: 'Ana' };
const narrowed = `q=rib&filter=${encodeURIComponent(JSON.stringify(filter))}&page=2`;

let binned = false;
let asked: string[] = [];

const page = (data: object[], total = data.length, number = 1) =>
  Response.json({
    data,
    pagination: { page: number, limit: 50, total, totalRelation: 'eq', totalPages: 3 },
  });

const found = (entity: string, id: string, title: string) => ({
  groups: [{ entity, label: entity, data: [{ id, title, subtitle: null, detail: null }] }],
});

function answer(url: URL, method: string): Response {
  const { pathname, searchParams } = url;
  const path = pathname.replace('/api/v1', '');
  const number = Number(searchParams.get('page') ?? 1);
  asked.push(`${method} ${path}`);
  if (path === '/auth/me') return Response.json(account().me);
  if (path === '/meta') return Response.json(account().meta);
  if (path === '/auth/refresh') return Response.json({ accessToken: 'a', refreshToken: 'b' });
  if (path === '/search') {
    return Response.json(
      searchParams.get('q') === 'vip'
        ? found('tag', 't1', 'vip')
        : found('note', 'n1', 'Achou caro'),
    );
  }
  if (path === '/notes/n1') return Response.json({ id: 'n1', contactId: 'ana' });
  if (path === '/notes')
    return page([{ id: 'n1', body: 'Achou caro', createdAt: '2026-11-20T12:00:00Z' }]);
  if (path === '/contacts/ana/restore') binned = false;
  if (path === '/contacts/ana' && method === 'DELETE') binned = true;
  if (path.startsWith('/contacts/ana')) {
    if (method === 'DELETE') return new Response(null, { status: 204 });
    if (path.endsWith('/history') || path.endsWith('/timeline')) return page([]);
    return binned
      ? Response.json({ code: 'contact.not_found', title: 'Não encontrado' }, { status: 404 })
      : Response.json(ana);
  }
  if (path === '/contacts/nobody') return Response.json({}, { status: 404 });
  if (path === '/contacts' && searchParams.get('deleted') === 'true') {
    return page(binned ? [{ ...ana, deletedAt: '2026-11-27T00:00:00Z' }] : []);
  }
  if (path === '/contacts') return page(number <= 3 ? [ana] : [], TOTAL, number);
  return page([]);
}

beforeEach(() => {
  binned = false;
  asked = [];
  signIn();
  serve(answer);
});
afterEach(closeSession);

it('shows who lies in the bin under the old address, and brings them back', async () => {
  binned = true;
  const { settle } = await openProgram('/clientes/ana');
  expect(await screen.findByText('Este cliente está na lixeira')).toBeVisible();
  expect(screen.getByRole('heading', { level: 1, name: 'Ana Ribeiro' })).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Excluir' })).toBeNull();

  await userEvent.click(screen.getByRole('button', { name: 'Restaurar' }));
  await settle();

  expect(asked).toContain('POST /contacts/ana/restore');
  expect(screen.queryByText('Este cliente está na lixeira')).toBeNull();
  expect(screen.getByRole('button', { name: 'Editar cliente' })).toBeVisible();
});

it('shows records of any entity in the bin alike', async () => {
  binned = true;

  await openProgram('/registros/contact/ana');

  expect(await screen.findByText('Isto está na lixeira')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Restaurar' })).toBeVisible();
});

it('says of a customer who never was that nobody was found', async () => {
  await openProgram('/clientes/nobody');

  expect(await screen.findByText('Não encontramos o que você procura')).toBeVisible();
  expect(screen.queryByText('Este cliente está na lixeira')).toBeNull();
});

it('leads back to the list as it was left', async () => {
  const { go, router } = await openProgram(`/clientes?${narrowed}`);
  await go('/clientes/ana');

  await userEvent.click(screen.getByRole('link', { name: 'Clientes', current: false }));

  expect(router.state.location.search).toMatchObject({ q: 'rib', filter, page: 2 });
});

it('goes on in the same list after a deletion', async () => {
  const { go, router, settle } = await openProgram(`/clientes?${narrowed}`);
  await go('/clientes/ana');

  await userEvent.click(screen.getByRole('button', { name: 'Excluir' }));
  await settle();

  expect(router.state.location.pathname).toBe('/clientes');
  expect(router.state.location.search).toMatchObject({ q: 'rib', filter, page: 2 });
});

it('goes to the last page when an address asks for one behind it', async () => {
  const { router, settle } = await openProgram('/clientes?page=99');
  await settle();

  expect(router.state.location.search).toMatchObject({ page: 3 });
  expect(screen.getByText('Ana Ribeiro')).toBeVisible();
});

async function search(text: string) {
  const { router, settle } = await openProgram('/config/preferencias');
  await userEvent.click(screen.getByRole('button', { name: 'Buscar' }));
  await userEvent.type(await screen.findByRole('combobox'), text);
  return { router, settle };
}

it('leads from a note found to it, among the notes of its customer', async () => {
  const { router, settle } = await search('caro');

  await userEvent.click(await screen.findByRole('option', { name: /Achou caro/ }));
  await settle();

  expect(router.state.location.pathname).toBe('/clientes/ana');
  expect(router.state.location.search).toMatchObject({ tab: 'notas', nota: 'n1' });
  await waitFor(() =>
    expect(document.querySelector('[data-found]')).toHaveTextContent('Achou caro'),
  );
});

it('leads from a tag found to the customers who carry it', async () => {
  const { router, settle } = await search('vip');

  await userEvent.click(await screen.findByRole('option', { name: /vip/ }));
  await settle();

  expect(router.state.location.pathname).toBe('/clientes');
  expect(router.state.location.search).toMatchObject({
    filter: { field: 'tags', op: 'has_any', value: ['vip'] },
  });
});
