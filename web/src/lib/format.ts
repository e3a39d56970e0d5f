/** One place for numbers, money, dates and people's numbers; the session sets language and zone. */
interface FormatSettings {
  locale: string;
  timezone: string;
  currency: string;
}

let settings: FormatSettings = {
  locale: 'pt-BR',
  timezone: 'America/Sao_Paulo',
  currency: 'BRL',
};
const made = new Map<string, unknown>();

export function setFormat(next: Partial<FormatSettings>): void {
  settings = { ...settings, ...next };
  made.clear();
}

export const formatSettings = (): Readonly<FormatSettings> => settings;

/** How this reader writes a date, for hints. */
export const datePattern = () => (settings.locale.startsWith('en') ? 'mm/dd/yyyy' : 'dd/mm/aaaa');

// Building an Intl object costs more than a hundred uses of it.
function keep<T>(key: string, make: () => T): T {
  if (!made.has(key)) made.set(key, make());
  return made.get(key) as T;
}

type When = string | number | Date | null | undefined;
const EMPTY = '—';

function toDate(when: When): Date | null {
  if (when === null || when === undefined || when === '') return null;
  const date = new Date(when);
  return Number.isNaN(date.getTime()) ? null : date;
}

export function num(value: number | null | undefined, digits?: number): string {
  if (value === null || value === undefined || Number.isNaN(value)) return EMPTY;
  const format = keep(
    `num${digits ?? ''}`,
    () =>
      new Intl.NumberFormat(settings.locale, {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits ?? 20,
      }),
  );
  return format.format(value);
}

export function money(value: number | string | null | undefined): string {
  if (value === null || value === undefined || value === '') return EMPTY;
  const format = keep(
    'money',
    () =>
      new Intl.NumberFormat(settings.locale, { style: 'currency', currency: settings.currency }),
  );
  return format.format(Number(value)).replaceAll('\u00a0', ' ');
}

export const brl = money;

/** 12,5% of 12.5: as it is kept, not as the fraction that it means. */
export const percentage = (value: number): string => `${num(value)}%`;

export function percent(value: number, digits = 0): string {
  const format = keep(
    `percent${digits}`,
    () =>
      new Intl.NumberFormat(settings.locale, { style: 'percent', maximumFractionDigits: digits }),
  );
  return format.format(value);
}

function dated(key: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return keep(
    key,
    () => new Intl.DateTimeFormat(settings.locale, { timeZone: settings.timezone, ...options }),
  );
}

// A date without a time belongs to no zone: shift it to noon so that no zone moves the day.
const dayOf = (when: When): When =>
  typeof when === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(when) ? `${when}T12:00:00Z` : when;

/** 20 nov, and 20 nov 2025 in another year. */
export function day(when: When): string {
  const date = toDate(dayOf(when));
  if (!date) return EMPTY;
  const thisYear = yearIn(date) === yearIn(new Date());
  const options: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' };
  if (!thisYear) options.year = 'numeric';
  return dated(thisYear ? 'day' : 'dayYear', options)
    .format(date)
    .replaceAll(' de ', ' ')
    .replaceAll('.', '');
}

const yearIn = (date: Date) => dated('year', { year: 'numeric' }).format(date);

/** 20/11/2026 */
export function date(when: When): string {
  const at = toDate(dayOf(when));
  if (!at) return EMPTY;
  return dated('date', { day: '2-digit', month: '2-digit', year: 'numeric' }).format(at);
}

/** nov/2026 in Portuguese, Nov 2026 in English. */
export function monthYear(when: When): string {
  const at = toDate(dayOf(when));
  if (!at) return EMPTY;
  const text = dated('monthYear', { month: 'short', year: 'numeric' }).format(at);
  return text.replace('. de ', '/').replace('.', '');
}

/** 14:24, and 2:24 PM in English. */
export function time(when: When): string {
  const at = toDate(when);
  const hour = settings.locale.startsWith('en') ? 'numeric' : '2-digit';
  return at ? dated('time', { hour, minute: '2-digit' }).format(at) : EMPTY;
}

/** nov: where the year is said beside it, or is this one. */
export function month(when: When): string {
  const at = toDate(dayOf(when));
  return at ? dated('month', { month: 'short' }).format(at).replace('.', '') : EMPTY;
}

/** 20/11/2026 14:24 */
export function dateTime(when: When): string {
  return toDate(when) ? `${date(when)} ${time(when)}` : EMPTY;
}

/** The calendar day in the tenant's zone, as 2026-11-24. */
export function isoDay(when: When): string {
  const at = toDate(when);
  if (!at) return '';
  const format = keep(
    'iso',
    () => new Intl.DateTimeFormat('en-CA', { timeZone: settings.timezone, dateStyle: 'short' }),
  );
  return format.format(at);
}

/** Hoje, Ontem, 14 de novembro: the heading of a day in a timeline. */
export function dayHeading(when: When, now: Date = new Date()): string {
  const at = toDate(when);
  if (!at) return EMPTY;
  const days = calendarDays(at, now);
  if (days === 0 || days === -1) return capital(relative().format(days, 'day'));
  const sameYear = yearIn(at) === yearIn(now);
  const options: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long' };
  if (!sameYear) options.year = 'numeric';
  return dated(sameYear ? 'heading' : 'headingYear', options).format(at);
}

const capital = (text: string) => text.charAt(0).toLocaleUpperCase(settings.locale) + text.slice(1);

const relative = () =>
  keep('ago', () => new Intl.RelativeTimeFormat(settings.locale, { numeric: 'auto' }));

function calendarDays(from: Date, to: Date): number {
  return Math.round((Date.parse(isoDay(from)) - Date.parse(isoDay(to))) / 86_400_000);
}

/** há 5 dias, ontem, mês passado, em 3 horas. */
export function ago(when: When, now: Date = new Date()): string {
  const at = toDate(when);
  if (!at) return EMPTY;
  const seconds = Math.round((at.getTime() - now.getTime()) / 1000);
  const size = Math.abs(seconds);
  if (size < 45) return relative().format(0, 'second');
  if (size < 3600) return relative().format(Math.round(seconds / 60) || -1, 'minute');
  const days = calendarDays(at, now);
  if (size < 86_400 && (days === 0 || size < 6 * 3600)) {
    return relative().format(Math.round(seconds / 3600), 'hour');
  }
  if (Math.abs(days) < 30) return relative().format(days, 'day');
  if (Math.abs(days) < 365) return relative().format(Math.trunc(days / 30), 'month');
  return relative().format(Math.trunc(days / 365), 'year');
}

/** (11) 99999-9999 for a Brazilian number, +55 11 99999-9999 when the country is wanted. */
export function phone(value: string | null | undefined, international = false): string {
  if (!value) return EMPTY;
  const digits = value.replace(/\D/g, '');
  const hasCountry = value.trim().startsWith('+') || digits.length > 11;
  if (hasCountry && !digits.startsWith('55')) return `+${digits}`;
  const local = hasCountry ? digits.slice(2) : digits;
  if (local.length !== 10 && local.length !== 11) return value;
  const area = local.slice(0, 2);
  const number = `${local.slice(2, -4)}-${local.slice(-4)}`;
  return international ? `+55 ${area} ${number}` : `(${area}) ${number}`;
}

/** 123.456.789-09 · 12.345.678/0001-90 · 12.ABC.345/01DE-35 (CNPJs have letters since 2026). */
export function document(value: string | null | undefined): string {
  if (!value) return EMPTY;
  const plain = value.replace(/[^0-9A-Za-z]/g, '').toUpperCase();
  if (/^\d{11}$/.test(plain)) {
    return plain.replace(/(\d{3})(\d{3})(\d{3})(\d{2})/, '$1.$2.$3-$4');
  }
  if (/^[0-9A-Z]{12}\d{2}$/.test(plain)) {
    return plain.replace(/^(.{2})(.{3})(.{3})(.{4})(.{2})$/, '$1.$2.$3/$4-$5');
  }
  return value;
}

/** 01310-100 */
export function postalCode(value: string | null | undefined): string {
  if (!value) return EMPTY;
  return /^\d{8}$/.test(value) ? `${value.slice(0, 5)}-${value.slice(5)}` : value;
}

export function fileSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  const step = Math.min(3, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  return `${num(Math.round((bytes / 1000 ** step) * 10) / 10)} ${units[step]}`;
}

export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = words[0]?.[0] ?? '?';
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : '';
  return (first + last).toLocaleUpperCase(settings.locale);
}

export const isFuture = (when: When): boolean => (toDate(when)?.getTime() ?? 0) > Date.now();

/** 2026-11-24T09:30 on the company's clock, as a form holds it. */
export function localTime(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return '';
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: formatSettings().timezone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return parts.format(at).replace(' ', 'T');
}

/** 1 h 30 min: short, and the same in both languages. */
export function writeDuration(seconds: number): string {
  const sizes: [number, string][] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor((seconds % 86_400) / 3_600), 'h'],
    [Math.floor((seconds % 3_600) / 60), 'min'],
    [seconds % 60, 's'],
  ];
  const said = sizes.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`);
  return said.join(' ') || '0 min';
}
