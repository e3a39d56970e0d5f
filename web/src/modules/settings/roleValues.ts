import type { Schema } from '@/api/types';
import type { Action, Scope } from '@/lib/permissions';

/** What there is to allow, with the words for it: as the server declares it. */
export type Resource = Schema<'Resource'>;
export type Permissions = Schema<'Role'>['permissions'];
export type RoleValues = { label: string } & Record<string, string>;

/** Each cell of the matrix is a value of its own: two may change different ones at once. */
export const cellOf = (thing: string, action: Action) => `permissions:${thing}:${action}`;

const scopeIn = (permissions: Permissions, thing: string, action: Action): Scope =>
  permissions[thing]?.[action] ?? 'none';

export function roleValues(role: Schema<'Role'>, things: Resource[]): RoleValues {
  const cells = things.flatMap(({ name, actions }) =>
    actions.map((action) => [
      cellOf(name, action.name),
      scopeIn(role.permissions, name, action.name) as string,
    ]),
  );
  return { label: role.label, ...Object.fromEntries(cells) };
}

/** What a role allows after these cells were changed. */
export function withCells(permissions: Permissions, cells: Record<string, string>): Permissions {
  const next = { ...permissions };
  for (const [cell, scope] of Object.entries(cells)) {
    const [, thing = '', action = ''] = cell.split(':');
    next[thing] = { ...next[thing], [action]: scope as Scope };
  }
  return next;
}
