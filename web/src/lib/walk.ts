import { signal } from './signal';

/** The list that somebody came from: J and K on a record's page go on through it. */
export interface Walk<Query = unknown> {
  entity: string;
  ids: string[];
  query: Query & { page?: number };
  pages: number;
}

export const walk = signal<Walk | null>(null);

export function setWalk(entity: string, ids: string[], query: object, pages = 1): void {
  walk.set({ entity, ids, query, pages });
}
