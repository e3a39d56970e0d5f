import { NumberField } from '@/ui/RecordForm/NumberField';
import type { TypeInputProps } from './type';

export function NumberInput({ field, shared, value, onChange }: TypeInputProps) {
  return <NumberField {...shared} type={field.type} value={value} onChange={onChange} />;
}
