import type { QueryClient } from '@tanstack/react-query';
import { keys } from './keys';
import { movedLists, type QueryKey } from './questions';
import type { Meta } from './types';

const idOf = (row: unknown): unknown =>
  typeof row === 'object' && row !== null && 'id' in row ? row.id : undefined;

/** Whether one of these records stands in what was answered, on whichever page. */
function shows(answer: unknown, ids: string[]): boolean {
  if (typeof answer !== 'object' || answer === null) return false;
  if ('pages' in answer && Array.isArray(answer.pages)) {
    return answer.pages.some((page) => shows(page, ids));
  }
  if (!('data' in answer) || !Array.isArray(answer.data)) return false;
  return answer.data.some((row) => ids.some((id) => idOf(row) === id));
}

/**
 * What shows totals of the records of `entity` (`totalOf`): they move without a new version of
 * whom they lead to, so nothing else tells of them. `about`: those that the event names.
 */
export function movedTotals(client: QueryClient, entity: string, about?: string[]): QueryKey[] {
  const entities = client.getQueryData<Meta>(keys.meta)?.entities ?? [];
  return entities.flatMap(({ name, fields, timeline }) => {
    const totals = fields.filter(({ totalOf }) => totalOf === entity).map(({ key }) => key);
    if (totals.length === 0) return [];
    // A bulk does not name them, nor does what has parts that lead there.
    if (!about || !timeline.includes(entity)) return [keys.all(name)];
    if (about.length === 0) return [];
    const lists = client.getQueryCache().findAll({ queryKey: keys.lists(name) });
    const shown = lists.filter(({ state }) => shows(state.data, about));
    return [
      ...about.map((id) => keys.detail(name, id)),
      ...shown.map(({ queryKey }) => queryKey),
      ...movedLists(client, name, totals),
    ];
  });
}
