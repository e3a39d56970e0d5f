import { infiniteQueryOptions } from '@tanstack/react-query';
import { keys } from './keys';
import {
  createRecord,
  deleteRecord,
  getRecord,
  listPage,
  restoreRecord,
  updateRecord,
} from './records';
import type { ListQuery, RecordRow } from './records';
import type { components } from './schema';
import type { MetaEntity, Pagination, Schema } from './types';

type Schemas = components['schemas'];
/** Entities as openapi.json names them: what one is, what makes it, what changes it. */
export type EntityName = {
  [Name in keyof Schemas]: `${Name}Input` extends keyof Schemas
    ? `${Name}Patch` extends keyof Schemas
      ? Name
      : never
    : never;
}[keyof Schemas];
export type InputOf<Name extends EntityName> = Schemas[Extract<keyof Schemas, `${Name}Input`>];
export type PatchOf<Name extends EntityName> = Schemas[Extract<keyof Schemas, `${Name}Patch`>];

/** What an entity is called in keys, events and addresses. */
export type Kind = Pick<MetaEntity, 'name' | 'plural'>;

const PER_PAGE = 50;
const following = ({ page = 1, totalPages = 1 }: Pagination) =>
  page < totalPages ? page + 1 : undefined;

/** The calls of one entity, typed by its declaration: `entityApi<'Tag'>({…})`. */
export function entityApi<Name extends EntityName>(kind: Kind) {
  type Row = Schema<Name> & RecordRow;
  return {
    kind,
    /** Its rows, page after page. */
    pages: (query: ListQuery = {}) =>
      infiniteQueryOptions({
        queryKey: keys.list(kind.name, { ...query, paged: true }),
        queryFn: ({ pageParam, signal }) =>
          listPage<Row>(kind, { limit: PER_PAGE, ...query, page: pageParam }, signal),
        initialPageParam: 1,
        getNextPageParam: ({ pagination }) => following(pagination),
      }),
    get: (id: string) => getRecord<Row>(kind, id),
    create: (values: InputOf<Name>) => createRecord<Row>(kind, values),
    update: (id: string, changes: PatchOf<Name>, version?: number) =>
      updateRecord<Row>(kind, id, changes, version),
    remove: (id: string) => deleteRecord(kind, id),
    restore: (id: string) => restoreRecord(kind, id),
  };
}
