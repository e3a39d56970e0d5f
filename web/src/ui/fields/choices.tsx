import { IconForms } from '@tabler/icons-react';
import { soon } from '@/lib/soon';
import { SET_OPS } from './ops';
import type { FieldType } from './type';

export const choices: FieldType = {
  icon: IconForms,
  wide: true,
  several: true,
  Input: soon(async () => (await import('./OptionsInput')).OptionsInput),
  ops: SET_OPS,
};
