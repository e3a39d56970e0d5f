import { IconClock } from '@tabler/icons-react';
import { writeDuration } from '@/lib/format';
import { soon } from '@/lib/soon';
import { within } from './limits';
import { NUMBER_OPS } from './ops';
import type { FieldType } from './type';

const DurationInput = soon(async () => (await import('./DurationInput')).DurationInput);

export const duration: FieldType = {
  icon: IconClock,
  width: 120,
  align: 'end',
  hasOwnSentence: true,
  text: (value) => writeDuration(Number(value)),
  Input: DurationInput,
  ops: NUMBER_OPS,
  Condition: DurationInput,
  unreadable: (t) => t('records.problem.of.duration'),
  check: (value, field) => {
    if (typeof value === 'string') return { code: 'format' };
    const problem =
      typeof value === 'number' ? within(field, value, ['too_small', 'too_large']) : null;
    const limit = problem?.params?.limit;
    return typeof limit === 'number' && problem
      ? { ...problem, params: { limit: writeDuration(limit) } }
      : problem;
  },
  read: async (text) => (await import('@/lib/durations')).parseDuration(text) ?? text,
};
