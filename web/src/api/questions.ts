import type { QueryClient } from '@tanstack/react-query';
import { keys } from './keys';
import type { Meta, MetaEntity } from './types';

/** Whether what a list asks for hangs on one of these fields: its filter, its order. */
function mentions(question: unknown, isField: (name: string) => boolean): boolean {
  if (Array.isArray(question)) return question.some((part) => mentions(part, isField));
  if (typeof question !== 'object' || question === null) return false;
  return Object.entries(question).some(
    ([key, value]) =>
      isField(key) ||
      ((key === 'field' || key === 'sortBy') && isField(String(value))) ||
      mentions(value, isField),
  );
}

const asks = (question: unknown, key: string): unknown =>
  typeof question === 'object' && question !== null
    ? Object.entries(question).find(([name]) => name === key)?.[1]
    : undefined;

/** A search or an order that says no field hangs on what the declaration says. */
function hangsOnUnsaid(question: unknown, entity: MetaEntity | undefined, changed: Set<string>) {
  const { fields = [], defaultSort } = entity ?? {};
  const searched = Boolean(asks(question, 'search') ?? asks(question, 'choices'));
  const isSearched = fields.some((field) => field.searchable && changed.has(field.key));
  const sorted = asks(question, 'sortBy') === undefined && defaultSort !== undefined;
  return (searched && isSearched) || (sorted && changed.has(defaultSort.field));
}

/** Lists whose rows may be others, or in another order, after these fields of a record changed. */
export function movedLists(client: QueryClient, name: string, fields: string[]): QueryKey[] {
  const entities = client.getQueryData<Meta>(keys.meta)?.entities ?? [];
  const entity = entities.find((one) => one.name === name);
  const changed = new Set([...fields, 'updatedAt']);
  const own = client.getQueryCache().findAll({ queryKey: keys.lists(name) });
  const moved = own.filter(
    ({ queryKey: [, , question] }) =>
      mentions(question, (key) => changed.has(key)) || hangsOnUnsaid(question, entity, changed),
  );
  const title = entity !== undefined && changed.has(entity.titleField);
  const linking = entities.filter((one) => one.fields.some(({ target }) => target === name));
  // `contact.city`: asked of those that link here.
  const across = (key: string) => fields.some((field) => key.endsWith(`.${field}`));
  const others = linking.flatMap((one) =>
    client
      .getQueryCache()
      .findAll({ queryKey: keys.lists(one.name) })
      .filter(({ queryKey: [, , question] }) => title || mentions(question, across)),
  );
  return [...moved, ...others].map(({ queryKey }) => queryKey);
}

export type QueryKey = readonly unknown[];
