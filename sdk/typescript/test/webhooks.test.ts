import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { verifyWebhook } from '../src/index.ts';

// A worked example of Standard Webhooks: the npm library of that name signs it the same way.
const secret = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3';
const at = 1768478400;
const body = '{"type":"ticket.created","timestamp":"2026-01-15T12:00:00Z","data":{"id":"tk_1"}}';
const headers = {
  'webhook-id': 'msg_2KWPBgLlAfxdpx2AI54pPJ85f4W',
  'webhook-timestamp': String(at),
  'webhook-signature': 'v1,149BZL7fjWSTw1Cr8o1w9YtRO6BFDYuP13Xy3G1MTiQ=',
};
const now = () => at * 1000;
const refused = (code: string) => ({ name: 'WebhookError', code });

describe('verifyWebhook', () => {
  it('answers what was told when the signature fits', async () => {
    const event = await verifyWebhook<{ id: string }>(body, headers, secret, { now });

    assert.equal(event.id, headers['webhook-id']);
    assert.equal(event.type, 'ticket.created');
    assert.equal(event.data.id, 'tk_1');
  });

  it('takes bytes, Headers, and names in any case', async () => {
    const bytes = new TextEncoder().encode(body);
    const loud = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toUpperCase(), [value]]),
    );

    await verifyWebhook(bytes, new Headers(headers), secret, { now });
    await verifyWebhook(bytes, loud, secret, { now });
  });

  it('takes the second of two signatures, as after a rotation', async () => {
    const both = `v1,${btoa('x'.repeat(32))} v1a,abc ${headers['webhook-signature']}`;

    await verifyWebhook(body, { ...headers, 'webhook-signature': both }, secret, { now });
  });

  it('takes a secret of one’s own as it stands', async () => {
    const own = 'um segredo nosso';
    const key = await crypto.subtle.importKey(
      'raw',
      new TextEncoder().encode(own),
      { name: 'HMAC', hash: 'SHA-256' },
      false,
      ['sign'],
    );
    const text = new TextEncoder().encode(`${headers['webhook-id']}.${at}.${body}`);
    const signature = Buffer.from(await crypto.subtle.sign('HMAC', key, text)).toString('base64');
    const signed = { ...headers, 'webhook-signature': `v1,${signature}` };

    await verifyWebhook(body, signed, own, { now });
  });

  it('refuses what was changed, and another secret', async () => {
    const changed = body.replace('tk_1', 'tk_2');

    await assert.rejects(verifyWebhook(changed, headers, secret, { now }), refused('signature'));
    await assert.rejects(
      verifyWebhook(body, headers, `whsec_${btoa('another secret, 24 bytes')}`, { now }),
      refused('signature'),
    );
  });

  it('refuses what is older or younger than five minutes', async () => {
    const later = () => (at + 301) * 1000;
    const earlier = () => (at - 301) * 1000;

    await assert.rejects(verifyWebhook(body, headers, secret, { now: later }), refused('too_old'));
    await assert.rejects(
      verifyWebhook(body, headers, secret, { now: earlier }),
      refused('too_new'),
    );
  });

  it('refuses what has no signature, or one that is no base64', async () => {
    const without = { ...headers, 'webhook-signature': undefined };
    const broken = { ...headers, 'webhook-signature': 'v1,???' };

    await assert.rejects(verifyWebhook(body, without, secret, { now }), refused('missing'));
    await assert.rejects(verifyWebhook(body, broken, secret, { now }), refused('missing'));
  });
});
