// The start page on a server that answers as the test says.
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { closeSession } from '@/api/session';
import { account } from '@/testing/account';
import { openProgram, serve, signIn } from '@/testing/program';

vi.setConfig({ testTimeout: 30_000 });
vi.mock('@/api/socket', () => ({ connectRealtime: () => () => {}, useViewers: () => [] }));

const STATS = { total: 0, active: 0, prospect: 0, inactive: 0, new: 0, newDays: 30 };
let person = account();
let stats = STATS;
let totals: Record<string, number> = {};
let asked: string[] = [];
let broken: string | undefined;

const page = (total: number) =>
  Response.json({ data: [], pagination: { page: 1, limit: 1, total, totalPages: 1 } });

function answer({ pathname, searchParams }: URL, method: string): Response {
  const path = pathname.replace('/api/v1', '');
  asked.push(`${method} ${path}`);
  if (path === broken) return Response.json({ title: 'Falhou' }, { status: 500 });
  if (path === '/auth/me') return Response.json(person.me);
  if (path === '/meta') return Response.json(person.meta);
  if (path === '/auth/refresh') return Response.json({ accessToken: 'a', refreshToken: 'b' });
  if (path === '/contacts/stats') return Response.json(stats);
  if (path.endsWith('/counts')) return Response.json({ by: 'status', data: [], total: 20 });
  if (path === '/tenant') return Response.json({ id: 't', logoId: null, version: 1 });
  if (path === '/settings/mail') return Response.json({ provider: 'installation', version: 1 });
  if (path === '/proposals' && searchParams.get('filter')?.includes('before')) return page(2);
  return page(totals[path] ?? 0);
}

beforeEach(() => {
  person = account();
  stats = STATS;
  totals = {};
  asked = [];
  broken = undefined;
  signIn();
  serve(answer);
});
afterEach(closeSession);

const steps = () => screen.findByRole('region', { name: 'Primeiros passos' });

it('greets by name, and says that nothing waits when nothing does', async () => {
  await openProgram('/');

  expect(screen.getByRole('heading', { level: 2, name: /^Bo[am] .+, Marina$/ })).toBeVisible();
  expect(await screen.findByText('Nada espera por você agora.')).toBeVisible();
});

it('shows an administrator what is done and what is not, until it is hidden', async () => {
  totals = { '/users': 2, '/custom-fields': 1 };
  await openProgram('/');

  const card = within(await steps());
  expect(await card.findByText('2 de 5')).toBeVisible();
  expect(card.getByRole('link', { name: /Convide um colega \(feito\)/ })).toBeVisible();
  expect(card.getByRole('link', { name: /Traga seus clientes/ })).toHaveAttribute(
    'href',
    '/clientes/importar',
  );
  await userEvent.click(card.getByRole('button', { name: 'Ocultar os primeiros passos' }));

  await waitFor(() => expect(screen.queryByText('Primeiros passos')).toBeNull());
  expect(asked).toContain('PATCH /auth/me');
});

it('speaks of first steps neither to who hid them nor to who is no administrator', async () => {
  person.me.user.preferences = { firstStepsHidden: true };
  const { go } = await openProgram('/');
  expect(screen.queryByText('Primeiros passos')).toBeNull();

  person = account({ contact: { read: 'own', import: 'all' } });
  await go('/clientes');
  await go('/');
  expect(screen.queryByText('Primeiros passos')).toBeNull();
  expect(asked).not.toContain('GET /tenant');
});

it('says what waits, and leads there', async () => {
  person = account({ proposal: { read: 'all' } });
  await openProgram('/');

  expect(await screen.findByText('1 assunto espera por você.')).toBeVisible();
  const link = screen.getByRole('link', { name: '2 propostas suas venceram sem resposta' });
  expect(link.getAttribute('href')).toMatch(/^\/propostas\?filter=/);
});

it('leads from a number to those that it counts, and says how it moved', async () => {
  stats = { ...STATS, total: 240, new: 30 };
  await openProgram('/');

  const card = await screen.findByRole('link', { name: /Novos em 30 dias/ });
  expect(card).toHaveAttribute('href', '/clientes?status=new');
  expect(card).toHaveTextContent('+50%');
});

it('asks for nothing that somebody may not see', async () => {
  person = account({});
  await openProgram('/');

  expect(await screen.findByText('Tudo em dia.')).toBeVisible();
  const own = ['GET /auth/me', 'GET /meta', 'POST /auth/refresh', 'GET /notifications/unread'];
  expect(asked.filter((one) => !own.includes(one))).toEqual([]);
});

it('keeps the rest when one thing cannot be told', async () => {
  person = account({ note: { read: 'all' }, contact: { read: 'all' } });
  broken = '/notes';
  await openProgram('/');

  expect(await screen.findByText('Tudo em dia.')).toBeVisible();
  expect(screen.getByRole('link', { name: /^Clientes 0/ })).toBeVisible();
  expect(screen.getByRole('button', { name: 'Tentar de novo' })).toBeVisible();
});
