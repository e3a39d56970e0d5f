import { TextInput } from '@mantine/core';
import type { TypeInputProps } from './type';

const typed = (type: string) =>
  function PlainTextInput({ shared, value, onChange }: TypeInputProps) {
    return (
      <TextInput
        {...shared}
        type={type}
        autoComplete="off"
        value={typeof value === 'string' ? value : ''}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  };

/** A line of text. */
export const PlainInput = typed('text');
export const EmailInput = typed('email');
export const UrlInput = typed('url');
