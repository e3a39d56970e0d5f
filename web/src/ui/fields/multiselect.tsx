import { choices } from './choices';
import type { FieldType } from './type';

export const multiselect: FieldType = { ...choices };
