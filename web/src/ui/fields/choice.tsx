import { IconCircleDot } from '@tabler/icons-react';
import { OptionInput } from './OptionInput';
import { OptionShown } from './OptionShown';
import { ONE_OF } from './ops';
import type { FieldType } from './type';

export const choice: FieldType = {
  icon: IconCircleDot,
  width: 124,
  atOnce: true,
  Shown: OptionShown,
  Input: OptionInput,
  ops: ONE_OF,
};
