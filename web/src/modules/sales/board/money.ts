import { formatSettings, money } from '@/lib/format';

/** R$ 45.740: a card has no room for cents. */
export const whole = (value: number | null | undefined): string =>
  money(Math.round(value ?? 0)).replace(/[.,]00$/, '');

/** 198 mil: what a column comes to. */
export const short = (value: number): string =>
  new Intl.NumberFormat(formatSettings().locale, {
    notation: 'compact',
    maximumFractionDigits: value >= 1_000_000 ? 1 : 0,
  }).format(value);
