import { formatSettings } from './format';

const english = () => formatSettings().locale.startsWith('en');

// "75" is 1975 and "26" is 2026: people write of births and of the near future.
const AHEAD = 10;

function fullYear(text: string): number {
  const year = Number(text);
  if (text.length !== 2) return year;
  const latest = new Date().getFullYear() + AHEAD;
  const century = Math.floor(latest / 100) * 100;
  return century + year > latest ? century - 100 + year : century + year;
}

function isoOf(year: number, month: number, day: number): string | undefined {
  const at = new Date(Date.UTC(year, month - 1, day));
  const exists = at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
  return exists && year >= 1000 && year <= 9999 ? at.toISOString().slice(0, 10) : undefined;
}

/** Day and month stand as the reader's language has them; a year first is the same everywhere. */
function inOrder(first: string, second: string, year: string): string | undefined {
  const [day, month] = english() ? [second, first] : [first, second];
  return isoOf(fullYear(year), Number(month), Number(day));
}

/**
 * A date as its reader types or pastes it: "18/2/75", "18021975", "18.02.1975", "1975-02-18".
 * Null for nothing, undefined for what cannot be read.
 */
export function parseDate(typed: string): string | null | undefined {
  const text = typed.trim();
  if (text === '') return null;
  const yearFirst =
    /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(text) ?? /^(\d{4})-(\d\d)-(\d\d)T/.exec(text);
  if (yearFirst) {
    const [month, day] = yearFirst.slice(-2).map(Number);
    return isoOf(Number(yearFirst[1]), month!, day!);
  }
  const parted = /^(\d{1,2})(?:\s*[-/.]\s*|\s+)(\d{1,2})(?:\s*[-/.]\s*|\s+)(\d{4}|\d{2})$/.exec(
    text,
  );
  const solid = /^(\d{2})(\d{2})(\d{4}|\d{2})$/.exec(text);
  const found = parted ?? solid;
  return found ? inOrder(found[1]!, found[2]!, found[3]!) : undefined;
}

/** 1975-02-18 as it stands in an input. */
export function writeDate(iso: string): string {
  const [year, month, day] = iso.split('-');
  return english() ? `${month}/${day}/${year}` : `${day}/${month}/${year}`;
}

const CLOCK = /(?:^|[\sT,]+)(\d{1,2})(?:[:h](\d{2})(?::\d{2}(?:\.\d+)?)?h?|h)?\s*([ap]m)?$/i;

function clockOf([, hours, minutes = '00', half]: RegExpExecArray): string | undefined {
  const twelve = half ? Number(hours) % 12 : Number(hours);
  const hour = half?.toLowerCase() === 'pm' ? twelve + 12 : twelve;
  const real = hour < 24 && Number(minutes) < 60 && !(half && Number(hours) > 12);
  return real ? `${String(hour).padStart(2, '0')}:${minutes}` : undefined;
}

/** A date with a time: "18/2/75 14:30", "18/02/1975 9h", "2/18/75 2:30 PM". Alone, it is midnight. */
export function parseDateTime(typed: string): string | null | undefined {
  const whole = parseDate(typed);
  if (whole !== undefined && !/T\d/.test(typed)) return whole && `${whole}T00:00`;
  const clock = CLOCK.exec(typed.trim());
  const day = clock && parseDate(typed.trim().slice(0, clock.index));
  const time = clock && clockOf(clock);
  return day && time ? `${day}T${time}` : undefined;
}

/** 1975-02-18T14:30, on the company's clock, as it stands in an input. */
export function writeDateTime(local: string): string {
  const [day = '', time = ''] = local.split('T');
  if (!english()) return `${writeDate(day)} ${time.slice(0, 5)}`;
  const hour = Number(time.slice(0, 2));
  const half = hour < 12 ? 'AM' : 'PM';
  return `${writeDate(day)} ${hour % 12 || 12}:${time.slice(3, 5)} ${half}`;
}

/** 2026-11-28 and two days are 2026-11-30. */
export function daysAfter(iso: string, days: number): string {
  const at = new Date(`${iso}T12:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** The spans of so many days before the one that ends today, the oldest first. */
export const spansBefore = (today: string, days: number, count: number): [string, string][] =>
  Array.from({ length: count }, (_, index) => {
    const last = daysAfter(today, (index - count) * days);
    return [daysAfter(last, 1 - days), last];
  });

/** The first and the last day of each of the last months, the one of this day last. */
export function lastMonths(iso: string, count: number): [first: string, last: string][] {
  const [year = 0, month = 1] = iso.split('-').map(Number);
  const dayOf = (months: number, day: number) =>
    new Date(Date.UTC(year, month - 1 + months, day)).toISOString().slice(0, 10);
  return Array.from({ length: count }, (_, index) => {
    const months = index - count + 1;
    return [dayOf(months, 1), dayOf(months + 1, 0)];
  });
}
