export type Action = 'read' | 'create' | 'update' | 'delete' | 'import' | 'manage';
export type Scope = 'none' | 'own' | 'team' | 'all';

/** What a permission check needs to know of a user; the session's user fits. */
export interface Holder {
  id: string;
  role?: string;
  teamId?: string | null;
  permissions: Record<string, Partial<Record<Action, Scope>>>;
}

/** Whose record it is; unknown owners count as nobody's. */
export interface Owned {
  assignedTo?: string | null;
  createdBy?: string | null;
  teamId?: string | null;
}

export const scopeOf = (user: Holder, entity: string, action: Action): Scope =>
  user.permissions[entity]?.[action] ?? 'none';

/** May the user do it at all, or to this record? The server decides again; this only hides. */
export function can(user: Holder, entity: string, action: Action, record?: Owned): boolean {
  const scope = scopeOf(user, entity, action);
  if (scope === 'all') return true;
  if (scope === 'none') return false;
  if (!record) return true;
  const owners = [record.assignedTo, record.createdBy];
  if (owners.includes(user.id)) return true;
  // Who else is in the team is the server's knowledge: a team's record is offered, not hidden.
  return scope === 'team' && (!record.teamId || record.teamId === user.teamId);
}
