// The client against a server on loopback that knows just enough of sessions.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { write } from '@/lib/storage';

let server: Server;
let valid = '';
let serial = 0;
let refreshes = 0;
let answerToRefresh = 200;
const seen: string[] = [];

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await textOf(request);
  const answer = (status: number, value: object, headers = {}) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(JSON.stringify(value));
  };
  if (request.url === '/api/v1/auth/refresh') {
    refreshes += 1;
    if (answerToRefresh !== 200) return answer(answerToRefresh, { code: 'unauthenticated' });
    valid = `access-${(serial += 1)}`;
    return answer(200, { accessToken: valid, refreshToken: `refresh-${serial}` });
  }
  seen.push(`${request.method} ${body}`);
  if (request.headers.authorization !== `Bearer ${valid}`) return answer(401, { code: 'x' });
  if (request.method === 'GET') return answer(200, { data: [] });
  const errors = [{ field: 'name', code: 'required', message: 'Informe o nome' }];
  answer(422, { code: 'validation', title: 'Confira', errors }, { 'X-Request-Id': '01J' });
}

beforeAll(async () => {
  server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  (window as unknown as { happyDOM: { setURL(url: string): void } }).happyDOM.setURL(
    `http://127.0.0.1:${port}/`,
  );
});

afterAll(() => server.close());

beforeEach(async () => {
  const { closeSession, openSession } = await import('./session');
  closeSession();
  openSession({ accessToken: 'old', refreshToken: 'refresh-0' });
  answerToRefresh = 200;
  refreshes = 0;
  seen.length = 0;
});

const load = async () => ({ ...(await import('./client')), ...(await import('./session')) });

it('refreshes once for all requests that were refused, and repeats each', async () => {
  const { api, unwrap } = await load();

  const lists = await Promise.all([1, 2, 3].map(() => unwrap(api.GET('/api/v1/tags'))));

  expect(lists).toHaveLength(3);
  expect(refreshes).toBe(1);
});

it('sends the body again after a refresh', async () => {
  const { api, unwrap } = await load();

  await unwrap(api.POST('/api/v1/tags', { body: { name: 'VIP', color: 'blue' } })).catch(() => {});

  expect(seen).toHaveLength(2);
  expect(seen[1]).toBe(seen[0]);
  expect(seen[1]).toContain('VIP');
});

it('turns a problem into an ApiError that knows its fields', async () => {
  const { api, unwrap } = await load();

  const failed = unwrap(api.POST('/api/v1/tags', { body: { name: '', color: 'blue' } }));

  await expect(failed).rejects.toMatchObject({
    status: 422,
    code: 'validation',
    requestId: '01J',
    byField: { name: 'Informe o nome' },
  });
});

it('ends the session when the refresh token is refused', async () => {
  const { api, unwrap, sessionState, hasSession } = await load();
  answerToRefresh = 401;

  await expect(unwrap(api.GET('/api/v1/tags'))).rejects.toMatchObject({ status: 401 });

  expect(sessionState.get()).toBe('expired');
  expect(hasSession()).toBe(false);
});

it('keeps the session when the server is only busy', async () => {
  const { api, unwrap, sessionState, hasSession } = await load();
  answerToRefresh = 503;

  await expect(unwrap(api.GET('/api/v1/tags'))).rejects.toMatchObject({ status: 503 });

  expect(sessionState.get()).toBe('active');
  expect(hasSession()).toBe(true);
});

it('starts with a refresh when only the refresh token is kept', async () => {
  const { api, unwrap, closeSession } = await load();
  closeSession();
  write('refresh', 'refresh-0');

  await unwrap(api.GET('/api/v1/tags'));

  expect(refreshes).toBe(1);
  expect(seen).toHaveLength(1);
});
