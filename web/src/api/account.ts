import { queryOptions } from '@tanstack/react-query';
import { read, write } from '@/lib/storage';
import { api, seen, unwrap } from './client';
import type { Schema, Session } from './types';

/** What says that an account was signed in to from here: guesses of strangers do not slow it. */
const DEVICES = 'devices';
const MOST_DEVICES = 5;

/** Calls about the person who is signed in, or wants to be. */
export async function login(body: Schema<'LoginInput'>): Promise<Session> {
  const devices = read<Record<string, string>>(DEVICES, {});
  const account = body.email.trim().toLowerCase();
  const session = await unwrap(
    api.POST('/api/v1/auth/login', { body: { ...body, deviceToken: devices[account] } }),
  );
  if (session.deviceToken) {
    const others = Object.entries(devices).filter(([other]) => other !== account);
    const kept = [...others.slice(1 - MOST_DEVICES), [account, session.deviceToken]];
    write(DEVICES, Object.fromEntries(kept) as Record<string, string>);
  }
  return session;
}

export const register = (body: Schema<'RegisterInput'>): Promise<Session> =>
  unwrap(api.POST('/api/v1/auth/register', { body }));

export const logout = (refreshToken: string | undefined): Promise<unknown> =>
  unwrap(api.POST('/api/v1/auth/logout', { body: { refreshToken } }));

/** With the version that was seen: a preference stands for itself, and needs none. */
export const updateMe = (body: Schema<'MePatch'>, version?: number) =>
  unwrap(api.PATCH('/api/v1/auth/me', { params: { header: seen(version) }, body }));
export const getMe = () => unwrap(api.GET('/api/v1/auth/me'));

/** A link comes by e-mail, if somebody signs in with this address: the answer does not say so. */
export const forgotPassword = (body: Schema<'ForgotPasswordInput'>) =>
  unwrap(api.POST('/api/v1/auth/forgot', { body }));

/** With the token of a link that somebody was given; every session of theirs ends. */
export const resetPassword = (body: Schema<'ResetPasswordInput'>) =>
  unwrap(api.POST('/api/v1/auth/reset', { body }));

export const ownEmailQuery = queryOptions({
  queryKey: ['own_email'] as const,
  queryFn: () => unwrap(api.GET('/api/v1/auth/email')),
});
/** Counts from the link on that goes to the address; the present one is confirmed by it. */
export const changeEmail = (body: Schema<'EmailInput'>) =>
  unwrap(api.POST('/api/v1/auth/email', { body }));
export const confirmEmail = (token: string) =>
  unwrap(api.POST('/api/v1/auth/email/confirm', { body: { token } }));

export const changePassword = (body: Schema<'PasswordInput'>) =>
  unwrap(api.POST('/api/v1/auth/password', { body }));
