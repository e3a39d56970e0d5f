import type { Schema } from '@/api/types';
import type { Opportunity, Stage } from './queries';

type Counts = Schema<'ValueCounts'>;

export interface ColumnTotal {
  count: number;
  total: number;
  weighted: number;
  seconds: number;
}
const NONE: ColumnTotal = { count: 0, total: 0, weighted: 0, seconds: 0 };

export function totalOf(counts: Counts | undefined, stageId: string): ColumnTotal {
  const found = counts?.data.find(({ value }) => value === stageId);
  if (!found) return NONE;
  const { total = 0, weighted = 0, timeToClose = 0 } = found.sums ?? {};
  return { count: found.count, total, weighted, seconds: timeToClose };
}

const sumOf = (counts: Counts | undefined, stages: Stage[]): ColumnTotal =>
  stages
    .map(({ id }) => totalOf(counts, id))
    .reduce(
      (sum, one) => ({
        count: sum.count + one.count,
        total: sum.total + one.total,
        weighted: sum.weighted + one.weighted,
        seconds: sum.seconds + one.seconds,
      }),
      NONE,
    );

const DAY = 86_400;

export interface Sums {
  open: number;
  weighted: number;
  /** Of one that is open, on average; nothing where there is none. */
  ticket?: number;
  /** From the first day to a win, on average. */
  cycleDays?: number;
}

export function sumsOf(counts: Counts | undefined, stages: Stage[]): Sums {
  const open = sumOf(
    counts,
    stages.filter(({ outcome }) => outcome === 'open'),
  );
  const won = sumOf(
    counts,
    stages.filter(({ outcome }) => outcome === 'won'),
  );
  return {
    open: open.total,
    weighted: open.weighted,
    ticket: open.count > 0 ? open.total / open.count : undefined,
    cycleDays: won.count > 0 ? Math.round(won.seconds / won.count / DAY) : undefined,
  };
}

/** The same totals with a card in another column, until the database says so. */
export function withMove(
  counts: Counts | undefined,
  card: Opportunity,
  from: string | undefined,
  to: Stage,
): Counts | undefined {
  if (!counts) return counts;
  const total = card.total ?? 0;
  const move = (stageId: string | null | undefined, sign: 1 | -1) => {
    const known = totalOf(counts, stageId ?? '');
    const sums = {
      total: known.total + sign * total,
      weighted: known.weighted + (sign * total * (to.probability ?? 0)) / 100,
      timeToClose: known.seconds,
    };
    return { value: stageId ?? null, count: known.count + sign, sums };
  };
  const rest = counts.data.filter(({ value }) => value !== from && value !== to.id);
  return { ...counts, data: [...rest, ...(from ? [move(from, -1)] : []), move(to.id, 1)] };
}
