import { Textarea } from '@mantine/core';
import { IconForms } from '@tabler/icons-react';
import { textCheck } from './limits';
import { TEXT_OPS } from './ops';
import type { FieldType, TypeInputProps } from './type';

function LongInput({ shared, value, onChange, bare }: TypeInputProps) {
  return (
    <Textarea
      {...shared}
      autosize
      minRows={bare ? 1 : 3}
      maxRows={10}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

export const longText: FieldType = {
  icon: IconForms,
  wide: true,
  multiline: true,
  Input: LongInput,
  ops: TEXT_OPS,
  check: textCheck(),
};
