import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, seen, unwrap } from '@/api/client';
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

export const rolesQuery = queryOptions({
  queryKey: keys.all('role'),
  queryFn: () => unwrap(api.GET('/api/v1/roles')),
});

export const getRole = (id: string) =>
  unwrap(api.GET('/api/v1/roles/{id}', { params: { path: { id } } }));
export const createRole = (body: Schema<'RoleInput'>) =>
  unwrap(api.POST('/api/v1/roles', { body }));
export const updateRole = (id: string, body: Schema<'RolePatch'>, version: number) =>
  unwrap(
    api.PATCH('/api/v1/roles/{id}', { params: { path: { id }, header: seen(version) }, body }),
  );

/** Where this person is signed in. */
export const sessionsQuery = queryOptions({
  queryKey: [...keys.me, 'sessions'] as const,
  queryFn: () => unwrap(api.GET('/api/v1/auth/sessions')),
});
export const endSession = (id: string) =>
  unwrap(api.DELETE('/api/v1/auth/sessions/{id}', { params: { path: { id } } }));

export const usersQuery = infiniteQueryOptions({
  queryKey: keys.list('user', screen),
  queryFn: ({ pageParam }) =>
    unwrap(api.GET('/api/v1/users', { params: { query: { ...paged(pageParam), ...byName } } })),
  ...more,
});
export const createUser = (body: Schema<'UserInput'>) =>
  unwrap(api.POST('/api/v1/users', { body }));
export const getUser = (id: string) =>
  unwrap(api.GET('/api/v1/users/{id}', { params: { path: { id } } }));
export const updateUser = (id: string, body: Schema<'UserPatch'>, version?: number) =>
  unwrap(
    api.PATCH('/api/v1/users/{id}', { params: { path: { id }, header: seen(version) }, body }),
  );

/** A link with which this person chooses a new password; the one before is worth nothing then. */
export const makeResetLink = (id: string) =>
  unwrap(api.POST('/api/v1/users/{id}/password-reset', { params: { path: { id } } }));

export const teamsQuery = infiniteQueryOptions({
  queryKey: keys.list('team', screen),
  queryFn: ({ pageParam }) =>
    unwrap(api.GET('/api/v1/teams', { params: { query: { ...paged(pageParam), ...byName } } })),
  ...more,
});
export const getTeam = (id: string) =>
  unwrap(api.GET('/api/v1/teams/{id}', { params: { path: { id } } }));
export const createTeam = (body: Schema<'TeamInput'>) =>
  unwrap(api.POST('/api/v1/teams', { body }));
export const updateTeam = (id: string, body: Schema<'TeamPatch'>, version: number) =>
  unwrap(
    api.PATCH('/api/v1/teams/{id}', { params: { path: { id }, header: seen(version) }, body }),
  );
export const deleteTeam = (id: string) =>
  unwrap(api.DELETE('/api/v1/teams/{id}', { params: { path: { id } } }));

export const tagsQuery = infiniteQueryOptions({
  queryKey: keys.list('tag', screen),
  queryFn: ({ pageParam }) =>
    unwrap(api.GET('/api/v1/tags', { params: { query: { ...paged(pageParam), ...byName } } })),
  ...more,
});
export const getTag = (id: string) =>
  unwrap(api.GET('/api/v1/tags/{id}', { params: { path: { id } } }));
export const createTag = (body: Schema<'TagInput'>) => unwrap(api.POST('/api/v1/tags', { body }));
export const updateTag = (id: string, body: Schema<'TagPatch'>, version: number) =>
  unwrap(api.PATCH('/api/v1/tags/{id}', { params: { path: { id }, header: seen(version) }, body }));
export const deleteTag = (id: string) =>
  unwrap(api.DELETE('/api/v1/tags/{id}', { params: { path: { id } } }));

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
export const createField = (body: Schema<'CustomFieldInput'>) =>
  unwrap(api.POST('/api/v1/custom-fields', { body }));
export const getField = (id: string) =>
  unwrap(api.GET('/api/v1/custom-fields/{id}', { params: { path: { id } } }));
export const updateField = (id: string, body: Schema<'CustomFieldPatch'>, version?: number) =>
  unwrap(
    api.PATCH('/api/v1/custom-fields/{id}', {
      params: { path: { id }, header: seen(version) },
      body,
    }),
  );
/** All of them at once: nobody leaves a half-moved order behind. */
export const orderFields = (ids: string[]) =>
  unwrap(api.PUT('/api/v1/custom-fields/order', { body: { ids } }));
export const deleteField = (id: string) =>
  unwrap(api.DELETE('/api/v1/custom-fields/{id}', { params: { path: { id } } }));

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
