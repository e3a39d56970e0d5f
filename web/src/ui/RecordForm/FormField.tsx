import type { MetaField } from '@/api/types';
import { FieldInput, type FieldInputProps } from './FieldInput';
import type { useRecordForm } from './useRecordForm';

interface FormFieldProps extends Pick<FieldInputProps, 'bare' | 'autoFocus'> {
  field: MetaField;
  state: Pick<ReturnType<typeof useRecordForm>, 'values' | 'errors' | 'change' | 'leave'>;
}

/** The input of a field within a form: what stands in it, and what is wrong with that. */
export function FormField({ field, state, ...shown }: FormFieldProps) {
  const { values, errors, change, leave } = state;
  const value = values[field.key];
  return (
    <FieldInput
      {...shown}
      field={field}
      value={value}
      error={errors[field.key]}
      errors={errors}
      onChange={(next) => change(field, next)}
      onBlur={() => leave(field, value)}
    />
  );
}
