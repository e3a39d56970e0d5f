import { IconClock } from '@tabler/icons-react';
import { ago, dateTime, localTime } from '@/lib/format';
import { date } from './date';
import type { FieldType, ShownProps } from './type';

function MomentShown({ value }: ShownProps) {
  return <time title={dateTime(String(value))}>{ago(String(value))}</time>;
}

export const datetime: FieldType = {
  ...date,
  icon: IconClock,
  width: 148,
  text: (value) => dateTime(String(value)),
  Shown: MomentShown,
  toInput: localTime,
  read: async (text) => (await import('@/lib/dates')).parseDateTime(text) ?? text,
};
