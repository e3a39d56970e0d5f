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
  autoFocus?: boolean;
  onKeyDown?: (event: KeyboardEvent<HTMLElement>) => void;
}

/** The input of a field, whatever its type. */
export function FieldInput(props: FieldInputProps) {
  const { field, value, onChange, onBlur, error, bare, autoFocus, onKeyDown } = props;
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
  return <Input field={field} shared={shared} value={value} onChange={onChange} bare={bare} />;
}
