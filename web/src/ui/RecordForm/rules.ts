import { createContext } from 'react';
import type { RecordRow } from '@/api/records';
import { meant, type FormValues } from '@/ui/Edit/values';

/**
 * What the server will compute of a form, as a module foresees it: by the field's key, of the parts
 * in `items` as `items.total`. It gets what stands in the form, or in the part.
 */
export type Previews = Record<string, (values: FormValues) => unknown>;

/** What a record that is chosen in a cell says for others of its row: by `items.productId`. */
export type Fills = Record<string, (chosen: RecordRow) => FormValues>;

/** What a module knows of a form beyond its fields. */
export interface FormRules {
  previews?: Previews;
  fills?: Fills;
}

/** Nothing where something in the form is no number (yet). */
export function foreseen(preview: Previews[string] | undefined, values: FormValues): unknown {
  const value = preview?.(meant(values));
  return Number.isNaN(value) ? null : value;
}

export const NO_RULES: FormRules = {};

/** Of the entity whose form this is. */
export const RulesContext = createContext<FormRules>(NO_RULES);
