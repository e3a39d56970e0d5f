import createClient from 'openapi-fetch';
import { currentLanguage } from '@/i18n';
import { errorOf, reach, unreadable } from './errors';
import type { paths } from './schema';
import { currentToken, hasSession, refreshSession } from './session';

// A 401 of these is an answer about the words typed, not about the session.
const WITHOUT_SESSION = /\/auth\/(login|register|refresh|forgot|reset|providers?|provider\/start)$/;

function withHeaders(request: Request, token: string | null): Request {
  request.headers.set('Accept-Language', currentLanguage());
  if (token) request.headers.set('Authorization', `Bearer ${token}`);
  return request;
}

/** Sends, and on 401 gets a new token and sends once more. */
export async function authorizedFetch(request: Request): Promise<Response> {
  if (WITHOUT_SESSION.test(new URL(request.url).pathname)) {
    return reach(() => fetch(withHeaders(request, null)));
  }
  let token = currentToken();
  if (token === null && hasSession()) token = await refreshSession(null);
  const again = request.clone();
  const response = await reach(() => fetch(withHeaders(request, token)));
  if (response.status !== 401 || token === null) return response;
  const fresh = await refreshSession(token);
  return fresh ? reach(() => fetch(withHeaders(again, fresh))) : response;
}

// openapi-fetch builds a Request and needs the full address outside a browser too.
/** What the writer saw: 412 when somebody was faster. */
export const seen = (version: number | undefined): { 'If-Match'?: string } =>
  version === undefined ? {} : { 'If-Match': `"${version}"` };

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
    throw unreadable(error);
  }
  if (!answer.response.ok) throw errorOf(answer.response, answer.error);
  return answer.data as T;
}

/** For the few things openapi-fetch is not made for: files up, files down. */
export async function send(path: string, init: RequestInit = {}): Promise<Response> {
  const response = await authorizedFetch(new Request(new URL(path, location.origin), init));
  if (!response.ok) throw errorOf(response, await response.json().catch(() => null));
  return response;
}

/** What such an answer says. */
export const bodyOf = <T>(response: Response): Promise<T> =>
  response.json().catch((error: unknown) => {
    throw unreadable(error);
  }) as Promise<T>;
