const AREAS = new Set(
  (
    '11 12 13 14 15 16 17 18 19 21 22 24 27 28 31 32 33 34 35 37 38 41 42 43 44 45 46 47 48 49 51 53 ' +
    '54 55 61 62 63 64 65 66 67 68 69 71 73 74 75 77 79 81 82 83 84 85 86 87 88 89 91 92 93 94 95 96 ' +
    '97 98 99'
  ).split(' '),
);
const SERVICE = /^(1\d\d|(4003|4004|300\d)\d{4}|0(800|300|303|500|900)\d{6,7})$/;

const digitsOf = (text: string) => text.replace(/\D/g, '');

/** The number in Brazil without its country, or null when it belongs to another one. */
function national(text: string): string | null {
  const digits = digitsOf(text);
  if (text.trim().startsWith('+')) return digits.startsWith('55') ? digits.slice(2) : null;
  const withCountry = digits.startsWith('55') && (digits.length === 12 || digits.length === 13);
  return withCountry ? digits.slice(2) : digits;
}

/** "3265-4321/22", "… ramal 22": read as one number it would be somebody else's. */
function hasExtension(text: string): boolean {
  const behind = /^(?:\D*\d){8}.*?[/rex#](.*)$/i.exec(text)?.[1];
  const count = digitsOf(behind ?? '').length;
  return count > 0 && count <= 5;
}

export function checkPhone(text: string): 'format' | 'area_code' | 'extension' | null {
  if (hasExtension(text)) return 'extension';
  if (!/^\+?[\d\s().\-/]+$/.test(text.trim())) return 'format';
  const digits = digitsOf(text);
  if (SERVICE.test(digits)) return null;
  const local = national(text);
  if (local === null) return digits.length >= 7 && digits.length <= 15 ? null : 'format';
  const plain = local.replace(/^0/, '');
  if (plain.length !== 10 && plain.length !== 11) return 'format';
  if (!AREAS.has(plain.slice(0, 2))) return 'area_code';
  const number = plain.slice(2);
  return number.length === 9
    ? number[0] === '9'
      ? null
      : 'format'
    : /^[2-9]/.test(number)
      ? null
      : 'format';
}

/** +55 11 99999-9999 while it is typed; numbers of other countries stay as they are. */
export function maskPhone(text: string): string {
  const typed = text.trimStart();
  if (typed === '' || typed === '+' || hasExtension(typed)) return typed;
  if (SERVICE.test(digitsOf(typed)) || /^0[3589]/.test(typed)) return digitsOf(typed);
  const local = national(typed);
  if (local === null) return `+${digitsOf(typed).slice(0, 15)}`;
  if (local === '') return typed.startsWith('+') ? '+55 ' : '';
  const area = local.slice(0, 2);
  const number = local.slice(2, 11);
  const head = number.length > 8 ? 5 : 4;
  const tail = number.length > head ? `${number.slice(0, head)}-${number.slice(head)}` : number;
  return `+55 ${area}${tail ? ` ${tail}` : ''}`;
}
