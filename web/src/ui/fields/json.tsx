import { text } from './text';
import type { FieldType } from './type';

/** What programs keep for themselves. */
export const json: FieldType = {
  ...text,
  hidden: true,
  names: false,
  text: (value) => JSON.stringify(value),
};
