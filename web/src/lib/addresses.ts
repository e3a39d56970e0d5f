/** What stands behind the `?` of an address. */
export type Search = Record<string, unknown>;

/** One's own page of the settings: everybody has it. */
export const OWN_SETTINGS: string = '/config/perfil';

const homes = new Map<string, string>();

/** Where the records of an entity are at home: told once, when the program starts. */
export function settleAt(entity: string, address: string): void {
  homes.set(entity, address);
}

/** The list of an entity; what nobody gave an address has a general one. */
export const listOf = (entity: string): string => homes.get(entity) ?? `/registros/${entity}`;

/** Where a record is shown. */
export const addressOf = (entity: string, id: string): string => `${listOf(entity)}/${id}`;

/** Where a spreadsheet of them is brought in. */
export const importOf = (entity: string): string => `${listOf(entity)}/importar`;
