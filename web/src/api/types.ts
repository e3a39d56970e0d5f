import type { Scope } from '@/lib/permissions';
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
export type MetaAction = Schema<'MetaAction'> & {
  /** Of which records this person may; absent: of none. */
  reach?: Scope;
  /** Which records it is for, by what stands in one field. */
  when?: { field: string; values: string[] } | null;
  /** What is asked for first. */
  fields?: MetaField[];
};
export type MetaEntity = Omit<Schema<'MetaEntity'>, 'actions'> & { actions: MetaAction[] };
export type MetaField = Schema<'MetaField'> & {
  /** Of the parts that it holds. */
  fields?: MetaField[];
};
export type Operation = Schema<'Operation'>;
export type Pagination = Schema<'Pagination'>;
export type Problem = Schema<'Problem'>;
export type Session = Schema<'Session'>;
export type SessionUser = Schema<'SessionUser'>;
