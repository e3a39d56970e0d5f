import { IconCalendar } from '@tabler/icons-react';
import { parseDate } from '@/lib/dates';
import { date as written } from '@/lib/format';
import { dayCheck, DayCondition, DayInput, noDay } from './DayInput';
import { DATE_OPS } from './ops';
import type { FieldType } from './type';

export const date: FieldType = {
  icon: IconCalendar,
  width: 120,
  hasOwnSentence: true,
  text: (value) => written(String(value)),
  Input: DayInput,
  ops: DATE_OPS,
  Condition: DayCondition,
  unreadable: noDay,
  check: dayCheck,
  read: (text) => parseDate(text) ?? text,
};
