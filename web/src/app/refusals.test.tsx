// Every address of the web × everything a server may refuse: the shell stands, the reader is told
// what kind of refusal it is, and there is a way on.
import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { closeSession } from '@/api/session';
import { write } from '@/lib/storage';
import { account } from '@/testing/account';
import { everyPath, openProgram, serve, signIn } from '@/testing/program';

vi.setConfig({ testTimeout: 30_000 });
vi.mock('@/api/socket', () => ({ connectRealtime: () => () => {}, useViewers: () => [] }));

const REFUSALS: [kind: string, status: number, says: RegExp][] = [
  ['401', 401, /Sua sessão (terminou|expirou)/i],
  ['403', 403, /Você não pode ver/],
  ['404', 404, /Não encontramos o que você procura/],
  ['409', 409, /não combina com o estado atual/],
  ['412', 412, /mudou enquanto você olhava/],
  ['422', 422, /O pedido não foi aceito/],
  ['429', 429, /Muitos pedidos em pouco tempo/],
  ['507', 507, /O disco do servidor está quase cheio/],
  ['500', 500, /Não foi possível carregar/],
  ['offline', 0, /Sem conexão/],
];
const OPEN = ['/entrar', '/cadastrar', '/redefinir-senha', '/confirmar-email'];

const filled = (path: string) =>
  path
    .replace('$entity', 'contact')
    .replace(/\$[a-z]+/gi, '01a21ac6-ed9a-72c0-8484-a3c0fcf9422c')
    .replace(/\$$/, 'nada');

/** Taken from the route tree: a new screen is walked without being named here. */
const screens = everyPath()
  .filter((path) => !OPEN.includes(path))
  .map(filled);

let status = 200;
let refusesAccount = false;
/** The one thing that is not refused. */
let given: string | undefined;
let refused: string[] = [];
let failures: unknown[] = [];
let person = account();

const problem = (code: number) =>
  Response.json(
    { status: code, code: `code_${code}`, title: `Recusado com ${code}`, requestId: '01J' },
    { status: code, headers: code === 429 ? { 'Retry-After': '7' } : {} },
  );

function answer(path: string): Response {
  if (path === '/api/v1/auth/me' && !refusesAccount) return Response.json(person.me);
  if (path === '/api/v1/meta' && !refusesAccount) return Response.json(person.meta);
  if (path === '/api/v1/auth/refresh' && status !== 401) {
    return Response.json({ accessToken: 'token', refreshToken: 'refresh' });
  }
  // What waits is asked behind every page: it is no page's business.
  if (path === '/api/v1/notifications/unread') return Response.json({ unread: 0 });
  if (path === given) return Response.json({ id: 'x', version: 1, name: 'Ana', tags: [] });
  refused.push(path);
  if (status === 0) throw new TypeError('Failed to fetch');
  return problem(status);
}

/** The program, and a way to walk on in it with nothing remembered but the account. */
async function open(address: string) {
  const program = await openProgram(address);
  const go = async (to: string) => {
    refused = [];
    const isOfAccount = (key: readonly unknown[]) => key.length === 1;
    program.client.removeQueries({ predicate: ({ queryKey }) => !isOfAccount(queryKey) });
    act(signIn);
    await program.go(to);
  };
  return { ...program, go };
}

// Plain questions to the document: asking by role is slow, and the walk is long.
const shell = () => document.querySelector('nav[aria-label="Navegação principal"]');
/** What refuses says so, and has a button or a link that leads on. */
const waysOn = () =>
  [...document.querySelectorAll('[role="alert"]')].map(
    (alert) => alert.querySelectorAll('button, a[href]').length,
  );

beforeEach(() => {
  failures = [];
  person = account();
  refusesAccount = false;
  given = undefined;
  write('language', 'pt-BR');
  signIn();
  serve(({ pathname }) => answer(pathname));
  vi.spyOn(console, 'error').mockImplementation((...said: unknown[]) => failures.push(said));
});
afterEach(() => {
  closeSession();
  vi.restoreAllMocks();
});

it.each(REFUSALS)('every screen survives a refusal: %s', async (_, code, says) => {
  status = code;
  const { go } = await open('/config/preferencias');

  for (const address of screens) {
    await go(address);

    expect(shell(), address).toBeInTheDocument();
    if (refused.length > 0) expect(screen.queryAllByText(says), address).not.toEqual([]);
    if (refused.length > 0 && code !== 401) expect(waysOn(), address).not.toContain(0);
    expect(failures, address).toEqual([]);
  }
});

it.each(REFUSALS)(
  'says what it is when not even the account is told: %s',
  async (_, code, says) => {
    status = code;
    refusesAccount = true;

    const { router } = await open('/clientes');

    if (code === 401) return expect(router.state.location.pathname).toBe('/entrar');
    expect(screen.queryAllByText(says)).not.toEqual([]);
    expect(waysOn()).not.toContain(0);
  },
);

it.each(REFUSALS)('shows a customer of whom the rest is refused: %s', async (_, code, says) => {
  status = code;
  const { go } = await open('/config/preferencias');
  given = '/api/v1/contacts/1';

  for (const tab of ['', '?tab=notas', '?tab=historico']) {
    await go(`/clientes/1${tab}`);

    expect(screen.getByRole('heading', { name: 'Ana', hidden: true })).toBeInTheDocument();
    expect(screen.queryAllByText(says), tab).not.toEqual([]);
    expect(failures, tab).toEqual([]);
  }
});

it('lets somebody who may see nothing walk everywhere', async () => {
  status = 403;
  person = account({});
  const { go, router } = await open('/');

  expect(router.state.location.pathname).toBe('/');
  expect(screen.getByText('Tudo em dia.')).toBeVisible();
  for (const address of screens) {
    await go(address);

    expect(shell(), address).toBeInTheDocument();
    expect(screen.queryByText('Sem conexão'), address).toBeNull();
    expect(failures, address).toEqual([]);
  }
});

it.each(['/nada', '/config/nada', '/registros/nada'])(
  'shows an unknown address inside the shell: %s',
  async (address) => {
    await open(address);

    expect(shell()).toBeVisible();
    expect(screen.getByText('Não encontramos o que você procura')).toBeVisible();
    expect(screen.getByRole('link', { name: 'Voltar ao início' })).toHaveAttribute('href', '/');
  },
);

it('keeps the shell when a page itself fails, and does not blame the connection', async () => {
  person.meta.entities[0]!.fields = null as never;

  await open('/registros/contact');

  expect(shell()).toBeVisible();
  expect(screen.getAllByText('Esta página falhou')[0]).toBeVisible();
  expect(screen.queryByText('Sem conexão')).toBeNull();
  expect(screen.getByRole('button', { name: 'Tentar de novo' })).toBeVisible();
});
