import { IconMapPin } from '@tabler/icons-react';
import { postalCode as written } from '@/lib/format';
import { checkPostalCode, maskPostalCode } from '@/ui/RecordForm/documents';
import { maskInput } from './MaskInput';
import { TEXT_OPS } from './ops';
import type { FieldType, Problem } from './type';

function wrong(value: unknown): Problem | null {
  const code = typeof value === 'string' ? checkPostalCode(value.trim()) : null;
  return code ? { code } : null;
}

export const postalCode: FieldType = {
  icon: IconMapPin,
  width: 110,
  hasOwnSentence: true,
  text: (value) => written(String(value)),
  Input: maskInput(maskPostalCode, { inputMode: 'numeric', placeholder: '00000-000' }),
  ops: TEXT_OPS,
  check: wrong,
  toInput: maskPostalCode,
};
