import { parseDuration } from '@/lib/durations';
import { writeDuration } from '@/lib/format';
import { TypedInput } from '@/ui/RecordForm/TypedInput';
import type { TypeInputProps } from './type';

function written(value: unknown): string {
  if (typeof value === 'number') return writeDuration(value);
  return typeof value === 'string' ? value : '';
}

/** A length of time as people type it. */
export function DurationInput({ shared, value, onChange }: TypeInputProps) {
  return (
    <TypedInput
      {...shared}
      placeholder="1h30"
      read={parseDuration}
      write={written}
      value={value}
      onChange={onChange}
    />
  );
}
