import type { components, paths } from './schema';

/** Names for what openapi.json declares; nothing is described twice. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

/** The query of a path: `Query<'/api/v1/search'>`. */
export type Query<Path extends keyof paths> = paths[Path] extends {
  get: { parameters: { query?: infer Values } };
}
  ? NonNullable<Values>
  : never;

export type FieldProblem = Schema<'FieldProblem'>;
export type Import = Schema<'Import'>;
export type Job = Schema<'Job'>;
export type Listener = Schema<'Listener'>;
export type Meta = Schema<'Meta'>;
/** What can be done with a record beside changing it. */
export type MetaAction = Schema<'MetaAction'>;
export type MetaEntity = Schema<'MetaEntity'>;
export type MetaField = Schema<'MetaField'>;
/** What a choice of a record must be one of for something to be possible. */
export type MetaState = Schema<'MetaState'>;
export type Operation = Schema<'Operation'>;
export type Pagination = Schema<'Pagination'>;
export type Problem = Schema<'Problem'>;
export type Session = Schema<'Session'>;
export type SessionUser = Schema<'SessionUser'>;
