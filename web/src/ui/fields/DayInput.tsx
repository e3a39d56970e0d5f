import { DateField } from '@/ui/RecordForm/DateField';
import type { TypeInputProps } from './type';

export function DayInput({ field, shared, value, onChange, inside }: TypeInputProps) {
  const { type } = field;
  return <DateField {...shared} type={type} inside={inside} value={value} onChange={onChange} />;
}

/** Moments too are asked for by their days. */
export function DayCondition({ shared, value, onChange, inside }: TypeInputProps) {
  return <DateField {...shared} type="date" inside={inside} value={value} onChange={onChange} />;
}
