/** Names of the query cache. Realtime patches by them, so every screen uses these and no others. */
export const keys = {
  me: ['me'] as const,
  meta: ['meta'] as const,
  search: (text: string) => ['search', text] as const,
  all: (entity: string) => [entity] as const,
  lists: (entity: string) => [entity, 'list'] as const,
  list: (entity: string, query: object) => [entity, 'list', query] as const,
  detail: (entity: string, id: string) => [entity, 'detail', id] as const,
  history: (entity: string, id: string) => [entity, 'history', id] as const,
  /** Of records of all entities: what is told in one comes from many. */
  timelines: ['timeline'] as const,
  timeline: (id: string, query?: object) =>
    query ? (['timeline', id, query] as const) : (['timeline', id] as const),
  stats: (entity: string) => [entity, 'stats'] as const,
  /** id → when somebody else changed it: rows flash by this. */
  touched: (entity: string) => ['touched', entity] as const,
  /** Ids that others created since the list was asked for: "3 novos ↑". */
  arrived: (entity: string) => ['arrived', entity] as const,
  /** Who else has this record open. */
  viewers: (entity: string, id: string) => ['viewers', entity, id] as const,
};
