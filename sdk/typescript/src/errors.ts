import type { components } from './schema.ts';

export type Problem = components['schemas']['Problem'];
export type FieldProblem = components['schemas']['FieldProblem'];

/** What the server refused, as problem+json says it; `code` decides, the message is for people. */
export class PonteError extends Error {
  readonly status: number;
  /** `validation`, `not_found`, `rate_limited`, `idempotency_key_reused` and so on. */
  readonly code: string;
  /** What is wrong with which field. */
  readonly errors: FieldProblem[];
  /** What to quote when asking for help. */
  readonly requestId: string | null;
  /** Seconds that the server asks for. */
  readonly retryAfter: number | null;
  readonly problem: Partial<Problem>;

  constructor(status: number, problem: Partial<Problem>, headers: Headers = new Headers()) {
    super(problem.title ?? `HTTP ${status}`);
    this.name = 'PonteError';
    this.status = status;
    this.problem = problem;
    this.code = problem.code ?? 'unknown';
    this.errors = problem.errors ?? [];
    this.requestId = problem.requestId ?? headers.get('X-Request-Id');
    this.retryAfter = secondsOf(headers.get('Retry-After'));
  }
}

/** `Retry-After` as seconds: it may be a number, or a date. */
export function secondsOf(header: string | null, now: number = Date.now()): number | null {
  if (header === null || header.trim() === '') return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, (at - now) / 1000);
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

const isObject = (value: unknown): value is Partial<Problem> =>
  typeof value === 'object' && value !== null;

/** The data of a call, or a PonteError: `await unwrap(ponte.api.GET('/api/v1/tags'))`. */
export async function unwrap<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) {
    // A proxy in between answers in its own words.
    throw new PonteError(response.status, isObject(error) ? error : {}, response.headers);
  }
  return data as T;
}
