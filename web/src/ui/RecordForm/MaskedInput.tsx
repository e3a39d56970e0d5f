import { TextInput, type TextInputProps } from '@mantine/core';

interface MaskedInputProps extends Omit<TextInputProps, 'value' | 'onChange'> {
  mask: (text: string) => string;
  value: string;
  onChange: (value: string) => void;
}

/** Groups what is typed at its end; corrections in the middle are left alone until the field is left. */
export function MaskedInput({ mask, value, onChange, onBlur, ...rest }: MaskedInputProps) {
  return (
    <TextInput
      {...rest}
      autoComplete="off"
      value={value}
      onChange={({ currentTarget: input }) => {
        const atEnd = input.selectionStart === input.value.length;
        const longer = input.value.length > value.length;
        onChange(atEnd && longer ? mask(input.value) : input.value);
      }}
      onBlur={(event) => {
        const masked = mask(value);
        if (masked !== value) onChange(masked);
        onBlur?.(event);
      }}
    />
  );
}
