import { api, unwrap } from './client';
import type { Schema, Session } from './types';

/** Calls about the person who is signed in, or wants to be. */
export const login = (body: Schema<'LoginInput'>): Promise<Session> =>
  unwrap(api.POST('/api/v1/auth/login', { body }));

export const register = (body: Schema<'RegisterInput'>): Promise<Session> =>
  unwrap(api.POST('/api/v1/auth/register', { body }));

export const logout = (refreshToken: string | undefined): Promise<unknown> =>
  unwrap(api.POST('/api/v1/auth/logout', { body: { refreshToken } }));

export const updateMe = (body: Schema<'MePatch'>) => unwrap(api.PATCH('/api/v1/auth/me', { body }));

/** With the token of a link that somebody was given; every session of theirs ends. */
export const resetPassword = (body: Schema<'ResetPasswordInput'>) =>
  unwrap(api.POST('/api/v1/auth/password-reset', { body }));

export const changePassword = (body: Schema<'PasswordInput'>) =>
  unwrap(api.POST('/api/v1/auth/password', { body }));
