import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createPonte, PonteError, unwrap } from '../src/index.ts';

type Answers = (request: Request, attempt: number) => Response | Promise<Response>;

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json', ...headers },
  });
const busy = (status = 429) => json(status, { title: 'Depois' }, { 'Retry-After': '0' });

/** A client of a server that answers as the test says, and what that server heard. */
function ponteOn(answers: Answers, options: object = {}) {
  const heard: Request[] = [];
  const fetch = async (request: Request) => {
    heard.push(request);
    return answers(request, heard.length);
  };
  const ponte = createPonte({
    ...{ baseUrl: 'https://crm.exemplo.com.br/', apiKey: 'ponte_abc', fetch },
    ...options,
  });
  return { ponte, heard };
}

const found = { exists: false, customer: null };

describe('a client of Ponte', () => {
  it('shows its key, and says in which language it reads', async () => {
    const { ponte, heard } = ponteOn(() => json(200, found), { language: 'en' });

    await ponte.checkCustomerByPhone('+5511999999999');

    const [request] = heard;
    assert.equal(
      request?.url,
      'https://crm.exemplo.com.br/api/v1/whatsapp/customers/check?phone=%2B5511999999999',
    );
    assert.equal(request?.headers.get('Authorization'), 'Bearer ponte_abc');
    assert.equal(request?.headers.get('Accept-Language'), 'en');
  });

  it('asks again when it is refused for now, with the same key of the same deed', async () => {
    const { ponte, heard } = ponteOn((_, attempt) =>
      attempt < 3 ? busy(attempt === 1 ? 429 : 503) : json(201, { id: '1', name: 'João' }),
    );

    const made = await ponte.createCustomerFromWhatsApp({ name: 'João', phone: '+5511999999999' });

    assert.equal(made.name, 'João');
    assert.equal(heard.length, 3);
    const keys = new Set(heard.map(({ headers }) => headers.get('Idempotency-Key')));
    assert.equal(keys.size, 1);
    assert.match([...keys][0] ?? '', /^[0-9a-f-]{36}$/);
  });

  it('gives up after its attempts, and at once when it would have to wait too long', async () => {
    const always = ponteOn(() => busy(), { attempts: 2 });
    const long = ponteOn(() => json(429, {}, { 'Retry-After': '900' }));
    const limited = { name: 'PonteError', status: 429 };

    await assert.rejects(always.ponte.checkCustomerByPhone('+5511999999999'), limited);
    await assert.rejects(long.ponte.checkCustomerByPhone('+5511999999999'), {
      ...limited,
      retryAfter: 900,
    });
    assert.equal(always.heard.length, 2);
    assert.equal(long.heard.length, 1);
  });

  it('does not repeat a change of which nobody knows whether it was made', async () => {
    const { ponte, heard } = ponteOn(() => Promise.reject(new TypeError('fetch failed')));
    const path = { id: '01a22208-1929-7d40-921a-9a74aed2ec0c' };

    await assert.rejects(
      ponte.api.PATCH('/api/v1/contacts/{id}', { params: { path }, body: { name: 'Ana' } }),
      TypeError,
    );
    assert.equal(heard.length, 1);
  });

  it('stops waiting when its caller does', async () => {
    const { ponte } = ponteOn(() => json(503, {}, { 'Retry-After': '30' }));
    const stop = new AbortController();
    const call = ponte.api.GET('/api/v1/contacts/stats', { signal: stop.signal });
    setTimeout(() => stop.abort(), 10);

    await assert.rejects(call, { name: 'AbortError' });
  });

  it('tells what the server refused, and of which field', async () => {
    const problem = {
      ...{ status: 422, code: 'validation', title: 'Confira os campos', requestId: '01M' },
      errors: [{ field: 'email', code: 'format', message: 'E-mail inválido' }],
    };
    const { ponte } = ponteOn(() => json(422, problem));

    const call = unwrap(ponte.api.POST('/api/v1/contacts', { body: { name: 'Ana', phone: '1' } }));

    await assert.rejects(call, (error) => {
      assert.ok(error instanceof PonteError);
      assert.equal(error.code, 'validation');
      assert.equal(error.message, 'Confira os campos');
      assert.equal(error.requestId, '01M');
      assert.equal(error.errors[0]?.field, 'email');
      return true;
    });
  });

  it('stays understandable when somebody in between answers', async () => {
    const { ponte } = ponteOn(() => new Response('<h1>Bad gateway</h1>', { status: 502 }));

    await assert.rejects(ponte.checkCustomerByPhone('+5511999999999'), {
      name: 'PonteError',
      status: 502,
      code: 'unknown',
    });
  });

  it('walks a list to its end, a page at a time, and no further than it is asked', async () => {
    const { ponte, heard } = ponteOn((request) => {
      const cursor = new URL(request.url).searchParams.get('cursor');
      const [name, nextCursor] = cursor === 'two' ? ['Bia', null] : ['Ana', 'two'];
      return json(200, { data: [{ id: name, name }], pagination: { limit: 1, nextCursor } });
    });

    const names: (string | undefined)[] = [];
    for await (const { name } of ponte.each('/api/v1/contacts', { status: 'active' })) {
      names.push(name);
    }
    const first = await ponte.each('/api/v1/contacts').next();

    assert.deepEqual(names, ['Ana', 'Bia']);
    assert.equal(first.value?.name, 'Ana');
    assert.equal(heard.length, 3);
    assert.equal(new URL(heard[1]!.url).searchParams.get('status'), 'active');
  });
});
