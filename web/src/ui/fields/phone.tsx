import { IconPhone } from '@tabler/icons-react';
import { phone as written } from '@/lib/format';
import { checkPhone, maskPhone } from '@/ui/RecordForm/phones';
import { textCheck } from './limits';
import { maskInput } from './MaskInput';
import { TEXT_OPS } from './ops';
import type { FieldType } from './type';

export const phone: FieldType = {
  icon: IconPhone,
  width: 160,
  hasOwnSentence: true,
  text: (value) => written(String(value), true),
  Input: maskInput(maskPhone, { inputMode: 'tel', placeholder: '+55 11 99999-9999' }),
  ops: TEXT_OPS,
  check: textCheck(checkPhone),
  toInput: (value) => written(value, true),
};
