import { IconHash } from '@tabler/icons-react';
import { num } from '@/lib/format';
import { soon } from '@/lib/soon';
import { numberCheck } from './limits';
import { NUMBER_OPS } from './ops';
import type { FieldType } from './type';

const NumberInput = soon(async () => (await import('./NumberInput')).NumberInput);

export const number: FieldType = {
  icon: IconHash,
  width: 110,
  align: 'end',
  text: (value) => num(Number(value)),
  Input: NumberInput,
  ops: NUMBER_OPS,
  Condition: NumberInput,
  unreadable: (t) => t('records.problem.invalid'),
  check: numberCheck,
  read: async (text) => (await import('@/lib/numbers')).parseNumber(text) ?? text,
};
