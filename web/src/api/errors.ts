import type { FieldProblem, Problem } from './types';

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

  get offline(): boolean {
    return this.status === 0;
  }
  get forbidden(): boolean {
    return this.status === 403;
  }
  get notFound(): boolean {
    return this.status === 404;
  }

  /** `{email: "…"}`, ready for a form's setErrors. */
  get byField(): Record<string, string> {
    return Object.fromEntries(this.errors.map(({ field, message }) => [field, message]));
  }
}

export const asApiError = (error: unknown): ApiError =>
  error instanceof ApiError
    ? error
    : new ApiError({
        status: error instanceof TypeError ? 0 : 500,
        code: error instanceof TypeError ? 'network' : 'internal',
        title: error instanceof Error ? error.message : String(error),
      });

export function errorOf(response: Response, body: unknown): ApiError {
  const problem = (typeof body === 'object' && body !== null ? body : {}) as Partial<Problem>;
  const seconds = Number(response.headers.get('Retry-After'));
  const requestId = problem.requestId ?? response.headers.get('X-Request-Id') ?? undefined;
  return new ApiError(
    { ...problem, status: response.status, requestId },
    Number.isFinite(seconds) && seconds > 0 ? seconds : null,
  );
}
