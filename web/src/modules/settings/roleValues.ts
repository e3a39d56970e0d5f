import type { Schema } from '@/api/types';
import type { Action, Scope } from '@/lib/permissions';

export type Permissions = Schema<'Role'>['permissions'];
export type RoleValues = { label: string } & Record<string, string>;

export const ACTIONS: Action[] = ['read', 'create', 'update', 'delete', 'import', 'manage'];

/** Each cell of the matrix is a value of its own: two may change different ones at once. */
export const cellOf = (thing: string, action: Action) => `permissions:${thing}:${action}`;

const scopeIn = (permissions: Permissions, thing: string, action: Action): Scope =>
  permissions[thing]?.[action] ?? 'none';

export function roleValues(role: Schema<'Role'>, things: string[]): RoleValues {
  const cells = things.flatMap((thing) =>
    ACTIONS.map((action) => [
      cellOf(thing, action),
      scopeIn(role.permissions, thing, action) as string,
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
