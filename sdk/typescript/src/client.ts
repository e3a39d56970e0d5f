import createClient, { type Client } from 'openapi-fetch';
import { unwrap } from './errors.ts';
import { sendPatiently, type Retries } from './retries.ts';
import type { components, paths } from './schema.ts';

export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

export interface PonteOptions extends Partial<Retries> {
  /** Where Ponte is: `https://crm.exemplo.com.br`. */
  baseUrl: string;
  /** An API key (`ponte_…`) or the accessToken of somebody who signed in. */
  apiKey: string;
  /** In which language problems are told; Portuguese unless asked otherwise. */
  language?: 'pt-BR' | 'en';
  fetch?: (request: Request) => Promise<Response>;
}

interface Paged<Row> {
  data: Row[];
  pagination: { nextCursor?: string | null };
}
type AnswerOf<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Answer } } } };
}
  ? Answer
  : never;
type QueryOf<Path extends keyof paths> = paths[Path] extends {
  get: { parameters: { query?: infer Query } };
}
  ? NonNullable<Query>
  : never;

/** Lists that go on behind a cursor: `/api/v1/contacts`. */
export type ListPath = {
  [Path in keyof paths]: AnswerOf<Path> extends Paged<unknown>
    ? QueryOf<Path> extends { cursor?: string }
      ? Path extends `${string}{${string}`
        ? never
        : Path
      : never
    : never;
}[keyof paths];
export type RowOf<Path extends ListPath> = AnswerOf<Path> extends Paged<infer Row> ? Row : never;

export interface Ponte {
  /** Every path of the API, typed: `ponte.api.GET('/api/v1/contacts/{id}', …)` (openapi-fetch). */
  api: Client<paths>;
  /** The rows of a list, one after the other, whatever the number of pages. */
  each<Path extends ListPath>(
    path: Path,
    query?: Omit<QueryOf<Path>, 'cursor' | 'page'>,
  ): AsyncGenerator<RowOf<Path>, void, undefined>;
  /** Is somebody with this number a customer already? */
  checkCustomerByPhone(phone: string): Promise<Schema<'WhatsappCheck'>>;
  /** Makes a customer of a conversation; whoever has this number already is answered instead. */
  createCustomerFromWhatsApp(customer: Schema<'WhatsappCustomerInput'>): Promise<Schema<'Contact'>>;
}

const MOST_PER_PAGE = 100;

/** What every request carries; a POST that is sent twice is done once. */
function signed(request: Request, { apiKey, language = 'pt-BR' }: PonteOptions): Request {
  const { headers } = request;
  headers.set('Authorization', `Bearer ${apiKey}`);
  headers.set('Accept-Language', language);
  if (request.method === 'POST' && !headers.has('Idempotency-Key')) {
    headers.set('Idempotency-Key', crypto.randomUUID());
  }
  return request;
}

/** A way into one installation, with one key. */
export function createPonte(options: PonteOptions): Ponte {
  const { fetch: send = fetch, attempts = 4, longestWait = 60_000 } = options;
  const api = createClient<paths>({
    baseUrl: options.baseUrl.replace(/\/+$/, ''),
    fetch: (request) => sendPatiently(signed(request, options), { attempts, longestWait }, send),
  });

  async function* each<Path extends ListPath>(
    path: Path,
    query: Omit<QueryOf<Path>, 'cursor' | 'page'> = {} as never,
  ): AsyncGenerator<RowOf<Path>, void, undefined> {
    let cursor: string | undefined;
    do {
      const params = { query: { limit: MOST_PER_PAGE, ...query, cursor } };
      // What the types of all lists have in common is more than the compiler follows.
      const call = api.GET(path as '/api/v1/contacts', { params });
      const page = (await unwrap(call)) as unknown as Paged<RowOf<Path>>;
      yield* page.data;
      cursor = page.pagination.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }

  return {
    api,
    each,
    checkCustomerByPhone: (phone) =>
      unwrap(api.GET('/api/v1/whatsapp/customers/check', { params: { query: { phone } } })),
    createCustomerFromWhatsApp: (body) =>
      unwrap(api.POST('/api/v1/whatsapp/customers/create', { body })),
  };
}
