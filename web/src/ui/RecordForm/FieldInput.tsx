import type { KeyboardEvent, ReactNode } from 'react';
import type { MetaField } from '@/api/types';
import { typeOf } from '@/ui/fields';

export interface FieldInputProps {
  field: MetaField;
  value: unknown;
  onChange: (value: unknown) => void;
  onBlur?: () => void;
  error?: ReactNode;
  /** In a cell or beside its label: the label is only read aloud. */
  bare?: boolean;
  /** The edit begins in it: a list to choose from is open at once. */
  opened?: boolean;
  /** What is wrong with the values in it, by their places. */
  errors?: Record<string, string>;
  autoFocus?: boolean;
  onKeyDown?: (event: KeyboardEvent<HTMLElement>) => void;
}

/** The input of a field, whatever its type. */
export function FieldInput(props: FieldInputProps) {
  const { field, onBlur, error, bare, autoFocus, onKeyDown } = props;
  const { Input } = typeOf(field);
  const shared = {
    label: bare ? undefined : field.label,
    'aria-label': bare ? field.label : undefined,
    withAsterisk: field.required && !bare,
    autoFocus,
    'data-autofocus': autoFocus || undefined,
    error,
    onBlur,
    onKeyDown,
  };
  const { value, onChange, opened, errors } = props;
  const asked = { value, onChange, bare, opened, errors };
  return <Input field={field} shared={shared} {...asked} />;
}
