/** What stands behind the `?` of an address. */
export type Search = Record<string, unknown>;

/** Where everybody begins. */
export const HOME: string = '/';

/** One's own page of the settings: everybody has it. */
export const OWN_SETTINGS: string = '/config/perfil';
/** What somebody was told. */
export const INBOX: string = '/notificacoes';

export interface Found {
  id: string;
  title: string;
}
export interface Target {
  to: string;
  search?: Search;
}
/** Where one that was found is shown, when not on a page of its own. */
export type Opens = (found: Found) => Target | Promise<Target>;

const homes = new Map<string, string>();
const ways = new Map<string, Opens>();

/** Where the records of an entity are at home: told once, when the program starts. */
export function settleAt(entity: string, address: string): void {
  homes.set(entity, address);
}

/** How one of them is reached that is shown elsewhere: told once, too. */
export function openBy(entity: string, opens: Opens): void {
  ways.set(entity, opens);
}

/** The list of an entity; what nobody gave an address has a general one. */
export const listOf = (entity: string): string => homes.get(entity) ?? `/registros/${entity}`;

/** Where a record is shown. */
export const addressOf = (entity: string, id: string): string => `${listOf(entity)}/${id}`;

/** Where all of them are shown in numbers, below their list. */
export const DASHBOARD = 'painel';
export const dashboardOf = (entity: string): string => `${listOf(entity)}/${DASHBOARD}`;

/** Where a spreadsheet of them is brought in. */
export const importOf = (entity: string): string => `${listOf(entity)}/importar`;

/** Whether its records are shown elsewhere than on pages of their own. */
export const isElsewhere = (entity: string): boolean => ways.has(entity);

/** Where one that was found is shown. */
export const targetOf = async (entity: string, found: Found): Promise<Target> =>
  (await ways.get(entity)?.(found)) ?? { to: addressOf(entity, found.id) };
