import { parseNumber, writeNumber } from '@/lib/numbers';
import { TypedInput, type TypedInputProps } from './TypedInput';

interface NumberFieldProps extends Omit<TypedInputProps<number>, 'read' | 'write'> {
  type: 'number' | 'integer' | 'money' | 'percentage' | string;
}

function written(type: string, value: unknown): string {
  if (typeof value !== 'number') return typeof value === 'string' ? value : '';
  if (type === 'percentage') return `${writeNumber(value)}%`;
  return type === 'money' ? `R$ ${writeNumber(value, 2)}` : writeNumber(value);
}

/** A number as people type it. */
export function NumberField({ type, ...rest }: NumberFieldProps) {
  return (
    <TypedInput
      inputMode={type === 'integer' ? 'numeric' : 'decimal'}
      {...rest}
      read={parseNumber}
      write={(value) => written(type, value)}
    />
  );
}
