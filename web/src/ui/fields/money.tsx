import { IconCoin } from '@tabler/icons-react';
import { money as written } from '@/lib/format';
import { number } from './number';
import type { FieldType } from './type';

export const money: FieldType = {
  ...number,
  icon: IconCoin,
  width: 130,
  text: (value) => written(Number(value)),
};
