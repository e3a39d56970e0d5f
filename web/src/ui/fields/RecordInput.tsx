import { linkedIn } from '@/api/records';
import { LinkInput } from '@/ui/RecordForm/LinkInput';
import type { TypeInputProps } from './type';

/** One record of another entity. */
export function RecordInput({ field, shared, value, onChange, opened, of }: TypeInputProps) {
  return (
    <LinkInput
      {...shared}
      target={field.target ?? ''}
      value={typeof value === 'string' && value !== '' ? value : null}
      opened={opened}
      told={(of && linkedIn(of, field, value)?.title) ?? undefined}
      clearable={!field.required}
      onChange={onChange}
    />
  );
}
