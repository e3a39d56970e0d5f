import { TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';

export interface TypedInputProps<V> extends Omit<TextInputProps, 'value' | 'onChange' | 'type'> {
  value: unknown;
  /** What a text means: null for nothing, undefined for what cannot be read. */
  read: (text: string) => V | null | undefined;
  write: (value: unknown) => string;
  /** Gets the text itself when it cannot be read. */
  onChange: (value: V | string | null) => void;
}

/** Keeps what is typed as it is typed; what it means is read by the reader's language. */
export function TypedInput<V>(props: TypedInputProps<V>) {
  const { value, read, write, onChange, onBlur, onKeyDown, ...rest } = props;
  const [typed, setTyped] = useState({ text: write(value), value });
  // Somebody else set another value: what was typed before is over.
  const text = Object.is(typed.value ?? null, value ?? null) ? typed.text : write(value);
  const take = (next: string) => {
    const meaning = read(next);
    const meant = meaning === undefined ? next : meaning;
    setTyped({ text: next, value: meant });
    onChange(meant);
  };
  const settle = () => setTyped({ text: write(value), value });
  return (
    <TextInput
      {...rest}
      autoComplete="off"
      value={text}
      onChange={(event) => take(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') settle();
        onKeyDown?.(event);
      }}
      onBlur={(event) => {
        settle();
        onBlur?.(event);
      }}
    />
  );
}
