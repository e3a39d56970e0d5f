import { TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';
import { parseNumber, writeNumber } from '@/lib/numbers';

interface NumberFieldProps extends Omit<TextInputProps, 'value' | 'onChange' | 'type'> {
  type: 'number' | 'integer' | 'money' | string;
  value: unknown;
  /** The number; null for nothing; the text itself when it cannot be read. */
  onChange: (value: number | string | null) => void;
}

function written(type: string, value: unknown): string {
  if (typeof value !== 'number') return typeof value === 'string' ? value : '';
  return type === 'money' ? `R$ ${writeNumber(value, 2)}` : writeNumber(value);
}

/** Keeps what is typed as it is typed; what it means is read by the reader's language. */
export function NumberField({ type, value, onChange, onBlur, ...rest }: NumberFieldProps) {
  const [typed, setTyped] = useState({ text: written(type, value), value });
  // Somebody else set another value: what was typed before is over.
  const text = Object.is(typed.value ?? null, value ?? null) ? typed.text : written(type, value);
  const take = (next: string) => {
    const read = parseNumber(next);
    const meant = read === undefined ? next : read;
    setTyped({ text: next, value: meant });
    onChange(meant);
  };
  return (
    <TextInput
      {...rest}
      inputMode={type === 'integer' ? 'numeric' : 'decimal'}
      autoComplete="off"
      value={text}
      onChange={(event) => take(event.currentTarget.value)}
      onBlur={(event) => {
        setTyped({ text: written(type, value), value });
        onBlur?.(event);
      }}
    />
  );
}
