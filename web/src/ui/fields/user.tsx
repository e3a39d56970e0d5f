import { IconUserCircle } from '@tabler/icons-react';
import { link } from './link';
import { LinkedFace } from './Linked';
import type { FieldType } from './type';

export const user: FieldType = {
  ...link,
  icon: IconUserCircle,
  width: 164,
  isPerson: true,
  Shown: LinkedFace,
};
