import type { TFunction } from 'i18next';
import { datePattern } from '@/lib/dates';
import { DateField } from '@/ui/RecordForm/DateField';
import type { Problem, TypeInputProps } from './type';

export function DayInput({ field, shared, value, onChange, inside }: TypeInputProps) {
  const { type } = field;
  return <DateField {...shared} type={type} inside={inside} value={value} onChange={onChange} />;
}

/** Moments too are asked for by their days. */
export function DayCondition({ shared, value, onChange, inside }: TypeInputProps) {
  return <DateField {...shared} type="date" inside={inside} value={value} onChange={onChange} />;
}

export const noDay = (t: TFunction) => t('records.problem.of.date', { pattern: datePattern() });

/** A text that could be read would be a day in the server's form. */
export function dayCheck(value: unknown): Problem | null {
  const wrong = typeof value === 'string' && !/^\d{4}-\d\d-\d\d(T\d\d:\d\d)?$/.test(value.trim());
  return wrong ? { code: 'format', params: { pattern: datePattern() } } : null;
}
