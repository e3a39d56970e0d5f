import createClient from 'openapi-fetch';
import { currentLanguage } from '@/i18n';
import { asApiError, errorOf } from './errors';
import type { paths } from './schema';
import { currentToken, hasSession, refreshSession } from './session';

// A 401 of these is an answer about the words typed, not about the session.
const WITHOUT_SESSION = /\/auth\/(login|register|refresh)$/;

function withHeaders(request: Request, token: string | null): Request {
  request.headers.set('Accept-Language', currentLanguage());
  if (token) request.headers.set('Authorization', `Bearer ${token}`);
  return request;
}

/** Sends, and on 401 gets a new token and sends once more. */
export async function authorizedFetch(request: Request): Promise<Response> {
  if (WITHOUT_SESSION.test(new URL(request.url).pathname)) {
    return fetch(withHeaders(request, null));
  }
  let token = currentToken();
  if (token === null && hasSession()) token = await refreshSession(null);
  const again = request.clone();
  const response = await fetch(withHeaders(request, token));
  if (response.status !== 401 || token === null) return response;
  const fresh = await refreshSession(token);
  return fresh ? fetch(withHeaders(again, fresh)) : response;
}

// openapi-fetch builds a Request and needs the full address outside a browser too.
export const api = createClient<paths>({ baseUrl: location.origin, fetch: authorizedFetch });

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The data of an answer, or an ApiError. */
export async function unwrap<T>(call: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await call;
  } catch (error) {
    throw asApiError(error);
  }
  if (!answer.response.ok) throw errorOf(answer.response, answer.error);
  return answer.data as T;
}

/** Like unwrap, with the ETag for the next If-Match. */
export async function unwrapWithTag<T>(
  call: Promise<Answer<T>>,
): Promise<{ data: T; etag: string | null }> {
  const answer = await call;
  const data = await unwrap(Promise.resolve(answer));
  return { data, etag: answer.response.headers.get('ETag') };
}

/** For the few things openapi-fetch is not made for: files up, files down. */
export async function send(path: string, init: RequestInit = {}): Promise<Response> {
  const response = await authorizedFetch(new Request(new URL(path, location.origin), init)).catch(
    (error: unknown) => {
      throw asApiError(error);
    },
  );
  if (!response.ok) throw errorOf(response, await response.json().catch(() => null));
  return response;
}
