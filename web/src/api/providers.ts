import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from './client';
import type { Session } from './types';

/** By which providers one can sign in here; none where the installation has no app at any. */
export const providersQuery = queryOptions({
  queryKey: ['sign_in_provider'] as const,
  queryFn: () => unwrap(api.GET('/api/v1/auth/providers')),
  staleTime: Infinity,
});

export const startSignIn = (provider: string) =>
  unwrap(api.POST('/api/v1/auth/provider/start', { body: { provider } }));

interface Return {
  state: string;
  binding: string;
  code?: string;
  error?: string;
}
export const finishSignIn = (body: Return): Promise<Session> =>
  unwrap(api.POST('/api/v1/auth/provider', { body }));

export const linkedQuery = queryOptions({
  queryKey: ['linked_account'] as const,
  queryFn: () => unwrap(api.GET('/api/v1/auth/linked-accounts')),
});
export const unlink = (provider: string) =>
  unwrap(api.POST('/api/v1/auth/linked-accounts/unlink', { body: { provider } }));
