import { useQueries } from '@tanstack/react-query';
import { keys } from '@/api/keys';
import { useCan, useMeta } from '@/api/me';
import { recordTitles } from '@/api/records';
import type { MetaEntity, MetaField } from '@/api/types';
import { typeOf } from './fields';

/** A record by its id alone: in a filter, in a custom field. */
export interface Pointer {
  target: string;
  id: string;
}
/** Of values of a field that points to records. */
export function pointersIn(field: Partial<MetaField>, values: unknown[]): Pointer[] {
  if (!field.type || !typeOf({ type: field.type }).points) return [];
  const target = field.target ?? '';
  const ids = values.filter((id): id is string => typeof id === 'string' && id.length === 36);
  return ids.map((id) => ({ target, id }));
}

type Titles = Map<string, string>;

const AT_ONCE = 100;
const waiting = new Map<string, { ids: Set<string>; answer: Promise<Titles> }>();

/** Those that are asked for together come in one answer. */
function titleOf(entity: MetaEntity, id: string): Promise<string | null> {
  let asked = waiting.get(entity.name);
  if (!asked || asked.ids.size >= AT_ONCE) {
    const ids = new Set<string>();
    const answer = Promise.resolve().then(() => {
      if (waiting.get(entity.name)?.ids === ids) waiting.delete(entity.name);
      return recordTitles(entity, [...ids]);
    });
    asked = { ids, answer };
    waiting.set(entity.name, asked);
  }
  asked.ids.add(id);
  return asked.answer.then((titles) => titles.get(id) ?? null);
}

/** What records are called that no answer named; nothing for what may not be read. */
export function useTitles(
  pointers: Pointer[],
): (target: string, id: unknown) => string | undefined {
  const { entities } = useMeta();
  const may = useCan();
  const asked = pointers.flatMap(({ target, id }) => {
    const entity = entities.find(({ name }) => name === target);
    return entity && may(target, 'read') ? [{ entity, id }] : [];
  });
  const found = useQueries({
    queries: asked.map(({ entity, id }) => ({
      queryKey: keys.list(entity.name, { title: id }),
      queryFn: () => titleOf(entity, id),
      staleTime: 5 * 60_000,
    })),
  });
  return (target, id) => {
    const place = asked.findIndex(({ entity, id: one }) => entity.name === target && one === id);
    return found[place]?.data ?? undefined;
  };
}
