import { IconId } from '@tabler/icons-react';
import { document as written } from '@/lib/format';
import { checkCnpj, maskCnpj, maskDocument } from '@/ui/RecordForm/documents';
import { maskInput } from './MaskInput';
import { TEXT_OPS } from './ops';
import type { FieldType, Problem } from './type';

function wrong(value: unknown): Problem | null {
  const code = typeof value === 'string' ? checkCnpj(value.trim()) : null;
  return code ? { code } : null;
}

export const cnpj: FieldType = {
  icon: IconId,
  hasOwnSentence: true,
  text: (value) => written(String(value)),
  Input: maskInput(maskCnpj),
  ops: TEXT_OPS,
  check: wrong,
  toInput: maskDocument,
};
