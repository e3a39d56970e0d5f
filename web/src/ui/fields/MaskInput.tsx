import { MaskedInput } from '@/ui/RecordForm/MaskedInput';
import type { TypeInputProps } from './type';

interface Mask {
  inputMode?: 'tel' | 'numeric';
  placeholder?: string;
}

/** A text that is grouped while it is typed. */
export const maskInput = (mask: (text: string) => string, more: Mask = {}) =>
  function MaskInput({ shared, value, onChange }: TypeInputProps) {
    return (
      <MaskedInput
        {...shared}
        {...more}
        mask={mask}
        value={typeof value === 'string' ? value : ''}
        onChange={onChange}
      />
    );
  };
