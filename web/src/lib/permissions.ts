/** What every kind of record knows; actions that an entity declares come on top. */
export const VERBS = ['read', 'create', 'update', 'delete', 'import', 'export', 'manage'] as const;
export type Action = string;
export type Scope = 'none' | 'own' | 'team' | 'all';

/** What a permission check needs to know of a user; the session's user fits. */
export interface Holder {
  id: string;
  role?: string;
  teamId?: string | null;
  permissions: Record<string, Record<string, Scope | undefined>>;
}

/** A record with whose it is: what its entity calls its owner, and who made it. */
export type Owned = Record<string, unknown>;

export const scopeOf = (user: Holder, entity: string, action: Action): Scope =>
  user.permissions[entity]?.[action] ?? 'none';

/** May the user do it at all, or to this record? The server decides again; this only hides. */
export function can(
  user: Holder,
  entity: string,
  action: Action,
  record?: Owned,
  /** The field that says whose it is, as the entity declares it. */
  owner?: string | null,
): boolean {
  return covers(user, scopeOf(user, entity, action), record, owner);
}

/** Is the record within what somebody reaches so far? */
export function covers(user: Holder, scope: Scope, record?: Owned, owner?: string | null): boolean {
  if (scope === 'all') return true;
  if (scope === 'none') return false;
  if (!record) return true;
  const owners = [owner ? record[owner] : undefined, record.createdBy];
  if (owners.includes(user.id)) return true;
  // Who else is in the team is the server's knowledge: a team's record is offered, not hidden.
  return scope === 'team' && (!record.teamId || record.teamId === user.teamId);
}
