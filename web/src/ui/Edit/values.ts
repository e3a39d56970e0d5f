/** What a form holds while it is edited, by the names of the fields. */
export type FormValues = Record<string, unknown>;

export const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0);

/** From the input to the server: blank is null, text without blanks around it. */
export function fromInput(value: unknown): unknown {
  if (Array.isArray(value)) return value;
  if (isEmpty(value)) return null;
  return typeof value === 'string' ? value.trim() : value;
}

export const same = (a: unknown, b: unknown): boolean =>
  JSON.stringify(fromInput(a)) === JSON.stringify(fromInput(b));

const sent = (values: FormValues, wanted: (key: string) => boolean): FormValues =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([key]) => wanted(key))
      .map(([key, value]) => [key, fromInput(value)]),
  );

/** Of a record: what differs from what was seen, and nothing else. */
export const touched = (values: FormValues, seen: FormValues): FormValues =>
  sent(values, (key) => !same(values[key], seen[key]));

/** Of a new record: also what it starts with. */
export const filledIn = (values: FormValues, initial: FormValues): FormValues =>
  sent(values, (key) => !isEmpty(values[key]) || !same(values[key], initial[key]));
