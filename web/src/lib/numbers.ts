import { formatSettings } from './format';

const marksOf = () =>
  formatSettings().locale.startsWith('en')
    ? { decimal: '.', group: ',' }
    : { decimal: ',', group: '.' };

const SIGNS = /R\$|US\$|BRL|USD|[$€£%]|\s|\u00a0/gi;

/** Where the fraction begins; -1 for a whole number. */
function decimalAt(text: string): number {
  const { decimal, group } = marksOf();
  const [decimals, groups] = [text.split(decimal).length - 1, text.split(group).length - 1];
  if (decimals > 0 && groups > 0) {
    return Math.max(text.lastIndexOf(decimal), text.lastIndexOf(group));
  }
  if (decimals === 1) return text.indexOf(decimal);
  // "1234.56" in Portuguese, "2500,5" in English: no thousands stand so.
  if (groups === 1 && !/^\d{1,3}.\d{3}$/.test(text)) return text.indexOf(group);
  return -1;
}

/**
 * A number as its reader types or pastes it: "1.234,56", "R$ 2500,5", "-3", "1 234,5", "(10)".
 * Null for nothing, undefined for what cannot be read.
 */
export function parseNumber(typed: string): number | null | undefined {
  let text = typed.replace(SIGNS, '').replace(/\u2212/g, '-');
  if (text === '') return null;
  const accounted = /^\((.*)\)$/.exec(text);
  if (accounted) text = `-${accounted[1]}`;
  const negative = text.startsWith('-');
  text = text.replace(/^[-+]/, '');
  const at = decimalAt(text);
  const whole = at < 0 ? text : text.slice(0, at);
  const fraction = at < 0 ? '' : text.slice(at + 1);
  const grouped = /^\d*$|^\d{1,3}([.,]\d{3})+$/.test(whole);
  if (!grouped || !/^\d*$/.test(fraction) || whole + fraction === '') return undefined;
  const value = Number(`${whole.replace(/[.,]/g, '') || '0'}.${fraction || '0'}`);
  return negative ? -value : value;
}

/** As it stands in an input: grouped, in the reader's language. */
export function writeNumber(value: number, decimals?: number): string {
  return new Intl.NumberFormat(formatSettings().locale, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals ?? 10,
  }).format(value);
}
