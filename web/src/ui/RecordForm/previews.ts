import { createContext } from 'react';
import { meant, type FormValues } from '@/ui/Edit/values';

/**
 * What the server will compute of a form, as a module foresees it: by the field's key, of the parts
 * in `items` as `items.total`. It gets what stands in the form, or in the part.
 */
export type Previews = Record<string, (values: FormValues) => unknown>;

/** Nothing where something in the form is no number (yet). */
export function foreseen(preview: Previews[string] | undefined, values: FormValues): unknown {
  const value = preview?.(meant(values));
  return Number.isNaN(value) ? null : value;
}

export const NO_PREVIEWS: Previews = {};

/** Of the entity whose form this is. */
export const PreviewsContext = createContext<Previews>(NO_PREVIEWS);
