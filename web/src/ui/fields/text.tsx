import { IconForms } from '@tabler/icons-react';
import { textCheck } from './limits';
import { TEXT_OPS } from './ops';
import { PlainInput } from './PlainInput';
import type { FieldType } from './type';

export const text: FieldType = {
  icon: IconForms,
  names: true,
  Input: PlainInput,
  ops: TEXT_OPS,
  check: textCheck(),
};
