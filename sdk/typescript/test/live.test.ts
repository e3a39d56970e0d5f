import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { before, describe, it } from 'node:test';
import { createPonte, unwrap, verifyWebhook, type Ponte } from '../src/index.ts';

/** Where Ponte runs; `./dev test sdk` starts one and says so. */
const baseUrl = process.env.PONTE_URL;
const phone = '+5511999999999';

/** A company of this test's own, and a client with a key of it. */
async function newCompany(url: string): Promise<Ponte> {
  const mark = randomUUID().slice(0, 8);
  const answer = await fetch(`${url}/api/v1/auth/register`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      ...{ company: `Padaria ${mark}`, name: 'Marina Lopes' },
      ...{ email: `marina.${mark}@exemplo.com.br`, password: `Segredo-${mark}-bom` },
    }),
  });
  assert.equal(answer.status, 201, await answer.clone().text());
  const { accessToken } = (await answer.json()) as { accessToken: string };
  const person = createPonte({ baseUrl: url, apiKey: accessToken });
  const { key } = await unwrap(
    person.api.POST('/api/v1/api-keys', { body: { name: 'SDK', scopes: ['*'] } }),
  );
  return createPonte({ baseUrl: url, apiKey: key });
}

/** The next request that comes to an address of ours. */
async function receiver() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const heard = new Promise<{ body: string; headers: IncomingHttpHeaders }>((resolve) => {
    server.on('request', async (request, response) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      response.writeHead(204).end();
      resolve({ body: Buffer.concat(parts).toString(), headers: request.headers });
    });
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/ponte`,
    heard,
    close: () => server.close() && server.closeAllConnections(),
  };
}

describe('the SDK and a running Ponte', { skip: !baseUrl && 'PONTE_URL is not set' }, () => {
  let ponte: Ponte;
  before(async () => {
    ponte = await newCompany(baseUrl!);
  });

  it('knows a customer by phone once a conversation made one, and makes no second', async () => {
    const nobody = await ponte.checkCustomerByPhone(phone);
    const made = await ponte.createCustomerFromWhatsApp({ name: 'João Silva', phone });
    const again = await ponte.createCustomerFromWhatsApp({ name: 'Outro nome', phone });
    const somebody = await ponte.checkCustomerByPhone('(11) 99999-9999');

    assert.deepEqual(nobody, { exists: false, customer: null });
    assert.equal(made.source, 'WhatsApp');
    assert.equal(again.id, made.id);
    assert.equal(somebody.exists, true);
    assert.equal(somebody.customer?.name, 'João Silva');
  });

  it('walks over all pages of a list', async () => {
    const names = ['Abel', 'Bia', 'Caio'];
    for (const name of names) {
      await unwrap(ponte.api.POST('/api/v1/tags', { body: { name } }));
    }

    const found: (string | undefined)[] = [];
    for await (const tag of ponte.each('/api/v1/tags', { limit: 2, sortBy: 'name' })) {
      found.push(tag.name);
    }

    assert.deepEqual(found.sort(), names);
  });

  it('is told what is wrong, field by field', async () => {
    const call = unwrap(
      ponte.api.POST('/api/v1/contacts', { body: { name: 'Ana', phone, email: 'nada' } }),
    );

    await assert.rejects(call, (error: { status: number; errors: { field: string }[] }) => {
      assert.equal(error.status, 422);
      assert.deepEqual(
        error.errors.map(({ field }) => field),
        ['email'],
      );
      return true;
    });
  });

  it('does twice what is sent twice with one Idempotency-Key only once', async () => {
    const params = { header: { 'Idempotency-Key': randomUUID() } };
    const body = { name: 'Padaria Sol', phone: '+5511988887777' };

    const first = await unwrap(ponte.api.POST('/api/v1/contacts', { params, body }));
    const second = await unwrap(ponte.api.POST('/api/v1/contacts', { params, body }));

    assert.equal(second.id, first.id);
  });

  it('verifies what a webhook tells', { timeout: 30_000 }, async (test) => {
    const { url, heard, close } = await receiver();
    test.after(close);
    const body = { url, events: ['contact.created'], name: 'SDK' };
    const { secret } = await unwrap(ponte.api.POST('/api/v1/webhooks', { body }));
    const { id } = await unwrap(
      ponte.api.POST('/api/v1/contacts', { body: { name: 'Rita', phone: '+5511977776666' } }),
    );
    const { body: sent, headers } = await heard;

    const event = await verifyWebhook<{ id: string; name: string }>(sent, headers, secret!);

    assert.equal(event.type, 'contact.created');
    assert.equal(event.data.id, id);
    assert.equal(event.data.name, 'Rita');
    await assert.rejects(verifyWebhook(sent.replace('Rita', 'Rute'), headers, secret!), {
      code: 'signature',
    });
  });
});
