import { IconHash } from '@tabler/icons-react';
import { num } from '@/lib/format';
import { parseNumber } from '@/lib/numbers';
import { numberCheck } from './limits';
import { NumberInput } from './NumberInput';
import { NUMBER_OPS } from './ops';
import type { FieldType } from './type';

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
  read: (text) => parseNumber(text) ?? text,
};
