import { IconLink } from '@tabler/icons-react';
import { textCheck } from './limits';
import { TEXT_OPS } from './ops';
import { UrlInput } from './PlainInput';
import type { FieldType, ShownProps } from './type';

const ADDRESS = /^https?:\/\/[^\s.]+(\.[^\s.]+)+/i;

function UrlShown({ value, linked }: ShownProps) {
  const address = String(value);
  if (!linked) return address;
  return (
    <a href={address} target="_blank" rel="noreferrer">
      {address}
    </a>
  );
}

export const url: FieldType = {
  icon: IconLink,
  wide: true,
  hasOwnSentence: true,
  Shown: UrlShown,
  Input: UrlInput,
  ops: TEXT_OPS,
  check: textCheck((written) => (ADDRESS.test(written) ? null : 'format')),
};
