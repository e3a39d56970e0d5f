/** What a webhook tells: of which kind, when it happened, and the record as the API shows it. */
export interface WebhookEvent<Data = Record<string, unknown>> {
  /** The same at every attempt and every replay: what has been seen with it may be passed over. */
  id: string;
  type: string;
  timestamp: string;
  /** Whose it is, where several companies tell the same address. */
  tenantId: string;
  data: Data;
  changes?: Record<string, { from: unknown; to: unknown }>;
}

export interface VerifyOptions {
  /** How old or how early a delivery may be, in seconds. */
  tolerance?: number;
  now?: () => number;
}

/** Not sent by Ponte, changed on its way, or sent again by somebody else. */
export class WebhookError extends Error {
  readonly code: 'missing' | 'too_old' | 'too_new' | 'signature' | 'body';

  constructor(code: WebhookError['code'], message: string) {
    super(message);
    this.name = 'WebhookError';
    this.code = code;
  }
}

export type WebhookHeaders = Headers | Record<string, string | string[] | undefined>;

const FIVE_MINUTES = 300;
const OURS = 'whsec_';

function headerOf(headers: WebhookHeaders, name: string): string {
  if (headers instanceof Headers) return headers.get(name) ?? '';
  const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return (Array.isArray(found) ? found[0] : found) ?? '';
}

const text = new TextEncoder();
const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

/** Of ours the key is what the base64 says; any other text is its own key. */
const keyOf = (secret: string): Promise<CryptoKey> =>
  crypto.subtle.importKey(
    'raw',
    secret.startsWith(OURS) ? bytesOf(secret.slice(OURS.length)) : text.encode(secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['verify'],
  );

function signaturesIn(header: string): Uint8Array<ArrayBuffer>[] {
  return header.split(' ').flatMap((one) => {
    if (!one.startsWith('v1,')) return [];
    try {
      return [bytesOf(one.slice(3))];
    } catch {
      return [];
    }
  });
}

function checkTime(header: string, { tolerance = FIVE_MINUTES, now = Date.now }: VerifyOptions) {
  const seconds = Number(header);
  if (!/^\d+$/.test(header)) throw new WebhookError('missing', 'webhook-timestamp is no time');
  const age = now() / 1000 - seconds;
  if (age > tolerance) throw new WebhookError('too_old', 'sent too long ago');
  if (age < -tolerance) throw new WebhookError('too_new', 'sent in the future');
}

/**
 * What a webhook tells, if Ponte signed it with this secret (Standard Webhooks); else a
 * WebhookError. `body` is what came, byte by byte: parsed and written again it would be another.
 */
export async function verifyWebhook<Data = Record<string, unknown>>(
  body: string | Uint8Array<ArrayBuffer>,
  headers: WebhookHeaders,
  secret: string,
  options: VerifyOptions = {},
): Promise<WebhookEvent<Data>> {
  const id = headerOf(headers, 'webhook-id');
  const at = headerOf(headers, 'webhook-timestamp');
  const given = signaturesIn(headerOf(headers, 'webhook-signature'));
  if (id === '' || at === '' || given.length === 0) {
    throw new WebhookError('missing', 'webhook-id, webhook-timestamp or webhook-signature missing');
  }
  checkTime(at, options);
  const content = typeof body === 'string' ? body : new TextDecoder().decode(body);
  const signedText = text.encode(`${id}.${at}.${content}`);
  const key = await keyOf(secret);
  // Compared by the platform, in a time that tells nothing.
  const fits = await Promise.all(
    given.map((one) => crypto.subtle.verify('HMAC', key, one, signedText)),
  );
  if (!fits.includes(true)) throw new WebhookError('signature', 'no signature fits this secret');
  return { ...parsed<Data>(content), id };
}

function parsed<Data>(content: string): Omit<WebhookEvent<Data>, 'id'> {
  try {
    return JSON.parse(content) as Omit<WebhookEvent<Data>, 'id'>;
  } catch {
    throw new WebhookError('body', 'the body is no JSON');
  }
}
