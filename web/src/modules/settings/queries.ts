import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, bodyOf, seen, send, unwrap } from '@/api/client';
import { entityApi } from '@/api/entities';
import { keys } from '@/api/keys';
import type { Pagination, Schema } from '@/api/types';

const LIMIT = 50;
const screen = { screen: 'settings' };
const byName = { sortBy: 'name', sortOrder: 'asc' } as const;

const more = {
  initialPageParam: 1,
  getNextPageParam: ({ pagination }: { pagination: Pagination }) =>
    (pagination.page ?? 1) < (pagination.totalPages ?? 1) ? (pagination.page ?? 1) + 1 : undefined,
};
const paged = (page: number) => ({ page, limit: LIMIT });

export const getTenant = () => unwrap(api.GET('/api/v1/tenant'));
export const tenantQuery = queryOptions({ queryKey: keys.all('tenant'), queryFn: getTenant });
export const saveTenant = (body: Schema<'TenantPatch'>, version: number) =>
  unwrap(api.PATCH('/api/v1/tenant', { params: { header: seen(version) }, body }));

/** What modules let a company decide, and what it has decided about one of them. */
export type ModuleValues = Record<string, unknown> & { version: number };
const settingsPath = (module: string) => `/api/v1/settings/${module}`;
export const getModuleSettings = async (module: string) =>
  bodyOf<ModuleValues>(await send(settingsPath(module)));
export const moduleSettingsQuery = queryOptions({
  queryKey: ['settings'] as const,
  queryFn: () => unwrap(api.GET('/api/v1/settings')),
});
export const settingsOfModuleQuery = (module: string) =>
  queryOptions({
    queryKey: ['settings', module] as const,
    queryFn: () => getModuleSettings(module),
  });
export const saveModuleSettings = async (module: string, changes: object, version: number) =>
  bodyOf<ModuleValues>(
    await send(settingsPath(module), {
      method: 'PATCH',
      body: JSON.stringify(changes),
      headers: { 'Content-Type': 'application/json', ...seen(version) },
    }),
  );

export const rolesQuery = queryOptions({
  queryKey: keys.all('role'),
  queryFn: () => unwrap(api.GET('/api/v1/roles')),
});

export const roles = entityApi<'Role'>({ name: 'role', plural: 'roles' });

/** Where this person is signed in. */
export const sessionsQuery = queryOptions({
  queryKey: [...keys.me, 'sessions'] as const,
  queryFn: () => unwrap(api.GET('/api/v1/auth/sessions')),
});
export const endSession = (id: string) =>
  unwrap(api.DELETE('/api/v1/auth/sessions/{id}', { params: { path: { id } } }));

/** The second thing that this person shows when they sign in. */
export const secondFactorQuery = queryOptions({
  queryKey: [...keys.me, 'second-factor'] as const,
  queryFn: () => unwrap(api.GET('/api/v1/auth/second-factor')),
});
export const beginSecondFactor = (password: string) =>
  unwrap(api.POST('/api/v1/auth/second-factor', { body: { password } }));
/** The answers of both are the only ones that say the codes. */
export const confirmSecondFactor = async (code: string) =>
  (await unwrap(api.POST('/api/v1/auth/second-factor/confirm', { body: { code } }))).recoveryCodes;
export const makeRecoveryCodes = async (password: string) =>
  (await unwrap(api.POST('/api/v1/auth/second-factor/recovery-codes', { body: { password } })))
    .recoveryCodes;
export const disableSecondFactor = (password: string) =>
  unwrap(api.POST('/api/v1/auth/second-factor/disable', { body: { password } }));
/** Of somebody who lost telephone and codes. */
export const removeSecondFactor = (id: string) =>
  unwrap(api.DELETE('/api/v1/users/{id}/second-factor', { params: { path: { id } } }));

export const users = entityApi<'User'>({ name: 'user', plural: 'users' });
export const usersQuery = users.pages(byName);

/** A link with which this person chooses a new password; the one before is worth nothing then. */
export const makeResetLink = (id: string) =>
  unwrap(api.POST('/api/v1/users/{id}/password-reset', { params: { path: { id } } }));

/** What other systems have told us. */
export const inboundQuery = (state: string | undefined) =>
  infiniteQueryOptions({
    queryKey: keys.list('inbound', { state }),
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET('/api/v1/inbound', {
          params: { query: { state: state as 'waiting' | undefined, ...paged(pageParam) } },
        }),
      ),
    ...more,
    // It comes by itself, and nobody is told of it.
    refetchInterval: 15_000,
  });
export const inboundEntryQuery = (id: string) =>
  queryOptions({
    queryKey: keys.detail('inbound', id),
    queryFn: () => unwrap(api.GET('/api/v1/inbound/{id}', { params: { path: { id } } })),
  });
export const replayInbound = (id: string) =>
  unwrap(api.POST('/api/v1/inbound/{id}/replay', { params: { path: { id } } }));

export const apiKeys = entityApi<'ApiKey'>({ name: 'api_key', plural: 'api_keys' });
export const apiKeysQuery = apiKeys.pages({ sortBy: 'createdAt', sortOrder: 'desc' });
/** The answer is the only one that says the key. */
export const makeApiKey = (body: Schema<'ApiKeyInput'>) =>
  unwrap(api.POST('/api/v1/api-keys', { body }));

/** Of what the audit is asked; what is absent is not asked. Days are whole, on the company's clock. */
export interface AuditQuestion {
  entity?: string;
  actorId?: string;
  from?: string;
  to?: string;
}
export const auditQuery = (question: AuditQuestion) =>
  infiniteQueryOptions({
    queryKey: keys.list('audit', question),
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET('/api/v1/audit', {
          params: { query: { ...question, limit: LIMIT, cursor: pageParam } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ pagination }) => pagination.nextCursor ?? undefined,
    // Entries come by themselves, and nobody is told of them.
    refetchInterval: 15_000,
  });
export const auditChainQuery = queryOptions({
  queryKey: ['audit', 'chain'] as const,
  queryFn: () => unwrap(api.GET('/api/v1/audit/chain')),
});

/** Somebody who is not here yet; whoever has the link in the answer chooses the password. */
export const inviteUser = (body: Schema<'InviteUserInput'>) =>
  unwrap(api.POST('/api/v1/users/invitations', { body }));

export const teams = entityApi<'Team'>({ name: 'team', plural: 'teams' });
export const teamsQuery = teams.pages(byName);

export const tags = entityApi<'Tag'>({ name: 'tag', plural: 'tags' });
export const tagsQuery = tags.pages(byName);

export const customFields = entityApi<'CustomField'>({
  name: 'custom_field',
  plural: 'custom_fields',
});

/** Custom fields are few: one page holds them all, so that their order can be moved. */
export const fieldsQuery = (entity: string) =>
  queryOptions({
    queryKey: keys.list('custom_field', { entity, ...screen }),
    queryFn: () =>
      unwrap(
        api.GET('/api/v1/custom-fields', {
          params: { query: { entity, limit: 100, sortBy: 'position', sortOrder: 'asc' } },
        }),
      ),
  });
/** All of them at once: nobody leaves a half-moved order behind. */
export const orderFields = (ids: string[]) =>
  unwrap(api.PUT('/api/v1/custom-fields/order', { body: { ids } }));
export const importsQuery = infiniteQueryOptions({
  queryKey: keys.list('import', screen),
  queryFn: ({ pageParam }) =>
    unwrap(api.GET('/api/v1/imports', { params: { query: paged(pageParam) } })),
  ...more,
});
export const undoImport = (id: string) =>
  unwrap(api.POST('/api/v1/imports/{id}/undo', { params: { path: { id } } }));
export const cancelImport = (id: string) =>
  unwrap(api.POST('/api/v1/imports/{id}/cancel', { params: { path: { id } } }));

export const resumeImport = (id: string) =>
  unwrap(api.POST('/api/v1/imports/{id}/resume', { params: { path: { id } } }));

export const operationsQuery = infiniteQueryOptions({
  queryKey: keys.list('operation', screen),
  queryFn: ({ pageParam }) =>
    unwrap(api.GET('/api/v1/operations', { params: { query: paged(pageParam) } })),
  ...more,
});
export const undoOperation = (id: string) =>
  unwrap(api.POST('/api/v1/operations/{id}/undo', { params: { path: { id } } }));
export const cancelOperation = (id: string) =>
  unwrap(api.POST('/api/v1/operations/{id}/cancel', { params: { path: { id } } }));
export const resumeOperation = (id: string) =>
  unwrap(api.POST('/api/v1/operations/{id}/resume', { params: { path: { id } } }));

export type JobState = 'dead' | 'queued' | 'running';
export const jobsQuery = (state: JobState) =>
  infiniteQueryOptions({
    queryKey: keys.list('job', { state }),
    queryFn: ({ pageParam }) =>
      unwrap(api.GET('/api/v1/jobs', { params: { query: { ...paged(pageParam), state } } })),
    ...more,
  });
export const replayJob = (id: string) =>
  unwrap(api.POST('/api/v1/jobs/{id}/replay', { params: { path: { id } } }));

/** As many as the program has, on one page. */
export const listenersQuery = infiniteQueryOptions({
  queryKey: keys.list('listener', screen),
  queryFn: () => unwrap(api.GET('/api/v1/listeners')),
  initialPageParam: 1,
  getNextPageParam: () => undefined,
});
export const resumeListener = (id: string) =>
  unwrap(api.POST('/api/v1/listeners/{id}/resume', { params: { path: { id } } }));
export const skipEvent = (id: string) =>
  unwrap(api.POST('/api/v1/listeners/{id}/skip', { params: { path: { id } } }));

export const mails = entityApi<'Mail'>({ name: 'mail', plural: 'mails' });
export const outboxQuery = (state?: string) => ({
  ...mails.pages({ short: state ? { state } : undefined }),
  staleTime: 0,
});
export const sendMailNow = (id: string) =>
  unwrap(api.POST('/api/v1/mails/{id}/send', { params: { path: { id } } }));
