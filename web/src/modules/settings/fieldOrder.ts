import type { CustomField } from './types';

export function moved<T>(items: readonly T[], from: number, to: number): T[] {
  const next = [...items];
  const [item] = next.splice(from, 1);
  if (item !== undefined) next.splice(to, 0, item);
  return next;
}

/** As they are wanted; what somebody made meanwhile stands behind them, as on the server. */
export function inOrder<T extends Pick<CustomField, 'id'>>(fields: T[], ids: string[]): T[] {
  const place = (id: string) => (ids.includes(id) ? ids.indexOf(id) : ids.length);
  return fields.toSorted((one, other) => place(one.id) - place(other.id));
}
