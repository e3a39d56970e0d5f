export type PartOfDay = 'morning' | 'afternoon' | 'night';

/** By the clock of a zone: the day begins at five, the evening at six. */
export function partOfDay(at: Date, timeZone: string): PartOfDay {
  const format = new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23' });
  const hour = Number(format.format(at));
  if (hour >= 5 && hour < 12) return 'morning';
  return hour >= 12 && hour < 18 ? 'afternoon' : 'night';
}
