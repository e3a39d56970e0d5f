import { IconCircleDot } from '@tabler/icons-react';
import { fold } from '@/lib/fold';
import { OptionInput } from './OptionInput';
import { OptionShown } from './OptionShown';
import { ONE_OF } from './ops';
import { optionsOf } from './optionsOf';
import type { FieldType } from './type';

export const choice: FieldType = {
  icon: IconCircleDot,
  width: 124,
  atOnce: true,
  Shown: OptionShown,
  Input: OptionInput,
  ops: ONE_OF,
  read: (text, field) =>
    optionsOf(field).find(({ label }) => fold(label) === fold(text))?.value ?? null,
};
