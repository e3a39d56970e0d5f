import { IconTag } from '@tabler/icons-react';
import { soon } from '@/lib/soon';
import { SET_OPS } from './ops';
import { TagList } from './TagList';
import type { FieldType } from './type';

export const links: FieldType = {
  icon: IconTag,
  width: 190,
  wide: true,
  several: true,
  Shown: TagList,
  Input: soon(async () => (await import('./NamesInput')).NamesInput),
  ops: SET_OPS,
};
