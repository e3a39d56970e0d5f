import type { Search } from './addresses';

/** How each list was last looked at: search, filters, page. The way back from a record leads there. */
const looked = new Map<string, Search>();

export function rememberList(entity: string, search: Search): void {
  looked.set(entity, search);
}

export const lastList = (entity: string): Search => looked.get(entity) ?? {};
