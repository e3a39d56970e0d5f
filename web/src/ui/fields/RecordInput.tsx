import { LinkInput } from '@/ui/RecordForm/LinkInput';
import type { TypeInputProps } from './type';

/** One record of another entity. */
export function RecordInput({ field, shared, value, onChange, bare }: TypeInputProps) {
  return (
    <LinkInput
      {...shared}
      target={field.target ?? ''}
      value={typeof value === 'string' && value !== '' ? value : null}
      opened={bare}
      clearable={!field.required}
      onChange={onChange}
    />
  );
}
