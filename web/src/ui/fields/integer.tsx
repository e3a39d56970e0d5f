import { numberCheck } from './limits';
import { number } from './number';
import type { FieldType } from './type';

export const integer: FieldType = {
  ...number,
  check: (value, field) =>
    typeof value === 'number' && !Number.isInteger(value)
      ? { code: 'format' }
      : numberCheck(value, field),
};
