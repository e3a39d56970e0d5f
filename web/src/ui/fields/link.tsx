import { IconLink } from '@tabler/icons-react';
import { soon } from '@/lib/soon';
import { Linked } from './Linked';
import { ONE_OF } from './ops';
import type { FieldType } from './type';

export const link: FieldType = {
  icon: IconLink,
  atOnce: true,
  points: true,
  text: (value, { titleOf }) => titleOf(value) ?? '…',
  Shown: Linked,
  Input: soon(async () => (await import('./RecordInput')).RecordInput),
  ops: ONE_OF,
};
