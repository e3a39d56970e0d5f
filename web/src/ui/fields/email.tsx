import { IconAt } from '@tabler/icons-react';
import { textCheck } from './limits';
import { TEXT_OPS } from './ops';
import { EmailInput } from './PlainInput';
import type { FieldType, ShownProps } from './type';

const EMAIL = /^[^\s@"(),:;<>[\\\]]+@[^\s@.]+(\.[^\s@.]+)+$/;

function EmailShown({ value, linked }: ShownProps) {
  const address = String(value);
  return linked ? <a href={`mailto:${address}`}>{address}</a> : address;
}

export const email: FieldType = {
  icon: IconAt,
  width: 210,
  hasOwnSentence: true,
  Shown: EmailShown,
  Input: EmailInput,
  ops: TEXT_OPS,
  check: textCheck((written) => (EMAIL.test(written) ? null : 'format')),
};
