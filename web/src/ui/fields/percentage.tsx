import { IconHash } from '@tabler/icons-react';
import { percentage as written } from '@/lib/format';
import { number } from './number';
import type { FieldType } from './type';

export const percentage: FieldType = {
  ...number,
  icon: IconHash,
  text: (value) => written(Number(value)),
};
