/** Which events a webhook is told: `*`, `contact.*`, `*.deleted` or `contact.created`. */
export const EVERYTHING = '*';

export interface KnownEvent {
  name: string;
  entity: string;
}

const ofEntity = (entity: string) => `${entity}.*`;

export const isText = (value: unknown): value is string => typeof value === 'string';

/** As the API gives them: a list of any kind. */
export const patternsOf = (events: unknown): string[] =>
  Array.isArray(events) ? events.filter(isText) : [];

export type Chosen = 'all' | 'some' | 'none';

export interface EventGroup {
  entity: string;
  events: string[];
}

/** The events that there are, a group an entity. */
export function groupsOf(known: KnownEvent[]): EventGroup[] {
  const groups = new Map<string, string[]>();
  for (const { name, entity } of known) groups.set(entity, [...(groups.get(entity) ?? []), name]);
  return [...groups].map(([entity, events]) => ({ entity, events }));
}

export const isAll = (patterns: string[]): boolean => patterns.includes(EVERYTHING);

export const has = (patterns: string[], { entity }: EventGroup, event: string): boolean =>
  patterns.includes(ofEntity(entity)) || patterns.includes(event);

export function chosenOf(patterns: string[], group: EventGroup): Chosen {
  if (patterns.includes(ofEntity(group.entity))) return 'all';
  return group.events.some((event) => patterns.includes(event)) ? 'some' : 'none';
}

const without = (patterns: string[], group: EventGroup) =>
  patterns.filter((one) => one !== ofEntity(group.entity) && !group.events.includes(one));

/** All of an entity, also what it will tell one day; or nothing of it. */
export const toggleGroup = (patterns: string[], group: EventGroup): string[] =>
  chosenOf(patterns, group) === 'all'
    ? without(patterns, group)
    : [...without(patterns, group), ofEntity(group.entity)];

/** One event more or less; of all of them one less leaves the others. */
export function toggleEvent(patterns: string[], group: EventGroup, event: string): string[] {
  const chosen = group.events.filter((one) => has(patterns, group, one) !== (one === event));
  return [...without(patterns, group), ...chosen];
}

/** What was asked for by the API and no group shows: `*.deleted`. */
export function othersOf(patterns: string[], groups: EventGroup[]): string[] {
  const shown = groups.flatMap(({ entity, events }) => [ofEntity(entity), ...events]);
  return patterns.filter((one) => one !== EVERYTHING && !shown.includes(one));
}
