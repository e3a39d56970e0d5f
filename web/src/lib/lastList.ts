/** How each list was last looked at: search, filters, page. The way back from a record leads there. */
const looked = new Map<string, object>();

export function rememberList(entity: string, search: object): void {
  looked.set(entity, search);
}

export const lastList = (entity: string): object => looked.get(entity) ?? {};
