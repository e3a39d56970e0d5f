import { t } from '@/i18n';
import type { FieldProblem, Problem } from './types';

/** What kind of refusal it is: each has words of its own, and a way on. */
export type Refusal =
  | 'offline'
  | 'session'
  | 'forbidden'
  | 'missing'
  | 'conflict'
  | 'changed'
  | 'refused'
  | 'busy'
  | 'full'
  | 'broken'
  | 'failed';

const BY_STATUS: Record<number, Refusal> = {
  0: 'offline',
  400: 'refused',
  401: 'session',
  403: 'forbidden',
  404: 'missing',
  409: 'conflict',
  410: 'missing',
  412: 'changed',
  413: 'refused',
  422: 'refused',
  429: 'busy',
  507: 'full',
};

/** Every failed call becomes one of these; `code` decides, `message` is in the reader's language. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: FieldProblem[];
  readonly requestId: string | null;
  readonly retryAfter: number | null;

  constructor(problem: Partial<Problem> & { status: number }, retryAfter: number | null = null) {
    super(problem.title ?? `HTTP ${problem.status}`);
    this.name = 'ApiError';
    this.status = problem.status;
    this.code = problem.code ?? 'internal';
    this.errors = problem.errors ?? [];
    this.requestId = problem.requestId ?? null;
    this.retryAfter = retryAfter;
  }

  get kind(): Refusal {
    return this.code === 'broken' ? 'broken' : (BY_STATUS[this.status] ?? 'failed');
  }

  /** `{email: "…"}`, ready for a form's setErrors. */
  get byField(): Record<string, string> {
    return Object.fromEntries(this.errors.map(({ field, message }) => [field, message]));
  }
}

const isAborted = (error: unknown) => error instanceof Error && error.name === 'AbortError';
// A part of the program that could not be fetched: the browsers say it in these words.
const NOT_FETCHED = /dynamically imported module|module script failed|unable to preload/i;

const offline = () =>
  new ApiError({ status: 0, code: 'network', title: t('ui.error.offline.title') });

/** Only what asked the network may fail by it: any other error is a fault of this program. */
export async function reach(ask: () => Promise<Response>): Promise<Response> {
  try {
    return await ask();
  } catch (error) {
    throw isAborted(error) ? error : offline();
  }
}

/** The body did not arrive whole, or is none of the server's: a proxy's page. */
export function unreadable(error: unknown): unknown {
  if (error instanceof ApiError || isAborted(error)) return error;
  if (!(error instanceof SyntaxError)) return offline();
  return new ApiError({ status: 502, title: t('ui.error.failed.text') });
}

export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof Error && NOT_FETCHED.test(error.message)) return offline();
  return new ApiError({ status: 500, code: 'broken', title: t('ui.error.broken.title') });
}

export function errorOf(response: Response, body: unknown): ApiError {
  const problem = (typeof body === 'object' && body !== null ? body : {}) as Partial<Problem>;
  const seconds = Number(response.headers.get('Retry-After'));
  const requestId = problem.requestId ?? response.headers.get('X-Request-Id') ?? undefined;
  return new ApiError(
    { ...problem, status: response.status, requestId },
    Number.isFinite(seconds) && seconds > 0 ? seconds : null,
  );
}
