import type { Resource } from './roleValues';

/** A form holds them as one text, sorted: two who edit the same key are merged by it. */
export const joined = (scopes: readonly string[]): string => [...new Set(scopes)].sort().join(' ');
export const split = (text: string): string[] => text.split(' ').filter(Boolean);

export const EVERYTHING = '*';
export const ALL_OF = '*';
export const scopeOf = (thing: Resource, action: string) => `${thing.resource}.${action}`;

/** What is ticked of one kind of record. */
export const actionsIn = (scopes: readonly string[], thing: Resource): string[] =>
  scopes
    .filter((scope) => scope.startsWith(`${thing.resource}.`))
    .map((scope) => scope.slice(thing.resource.length + 1));

/** Everything of it says more than its parts, so it stands alone. */
export function withActions(
  scopes: readonly string[],
  thing: Resource,
  actions: readonly string[],
): string[] {
  const others = scopes.filter((scope) => !scope.startsWith(`${thing.resource}.`));
  const ticked = actions.includes(ALL_OF) ? [ALL_OF] : actions;
  return [...others, ...ticked.map((action) => scopeOf(thing, action))];
}
