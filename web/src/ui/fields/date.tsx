import { IconCalendar } from '@tabler/icons-react';
import { date as written, datePattern } from '@/lib/format';
import { soon } from '@/lib/soon';
import { DATE_OPS } from './ops';
import type { FieldType, Problem } from './type';

/** A text that could be read would be a day in the server's form. */
function dayCheck(value: unknown): Problem | null {
  const wrong = typeof value === 'string' && !/^\d{4}-\d\d-\d\d(T\d\d:\d\d)?$/.test(value.trim());
  return wrong ? { code: 'format', params: { pattern: datePattern() } } : null;
}

export const date: FieldType = {
  icon: IconCalendar,
  width: 120,
  hasOwnSentence: true,
  text: (value) => written(String(value)),
  Input: soon(async () => (await import('./DayInput')).DayInput),
  ops: DATE_OPS,
  Condition: soon(async () => (await import('./DayInput')).DayCondition),
  unreadable: (t) => t('records.problem.of.date', { pattern: datePattern() }),
  check: dayCheck,
  read: async (text) => (await import('@/lib/dates')).parseDate(text) ?? text,
};
