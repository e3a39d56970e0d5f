/** Brazil's numbers of people and companies; the same rules as the server's, asked while typing. */
const bare = (text: string) => text.replace(/[.\-/\s]/g, '').toUpperCase();

const allEqual = (text: string) => new Set(text).size === 1;

// Weights 2…9 from right to left (CPF: as far as they go); a letter counts as its code less 48.
function digit(text: string, most: number): number {
  let sum = 0;
  let weight = 2;
  for (let i = text.length - 1; i >= 0; i -= 1) {
    sum += (text.charCodeAt(i) - 48) * weight;
    weight = weight === most ? 2 : weight + 1;
  }
  const rest = sum % 11;
  return rest < 2 ? 0 : 11 - rest;
}

const holds = (text: string, length: number, most: number) =>
  !allEqual(text) &&
  Number(text[length]) === digit(text.slice(0, length), most) &&
  Number(text[length + 1]) === digit(text.slice(0, length + 1), most);

type Verdict = 'format' | 'check_digit' | null;

export function checkCpf(text: string): Verdict {
  const plain = bare(text);
  if (!/^\d{11}$/.test(plain)) return 'format';
  return holds(plain, 9, 12) ? null : 'check_digit';
}

/** The first twelve characters may be letters since July 2026. */
export function checkCnpj(text: string): Verdict {
  const plain = bare(text);
  if (!/^[0-9A-Z]{12}\d{2}$/.test(plain)) return 'format';
  return holds(plain, 12, 9) ? null : 'check_digit';
}

export const checkDocument = (text: string): Verdict =>
  /^\d{0,11}$/.test(bare(text)) ? checkCpf(text) : checkCnpj(text);

const grouped = (text: string, groups: [size: number, before: string][]): string => {
  let rest = text;
  let out = '';
  for (const [size, before] of groups) {
    if (rest === '') break;
    out += before + rest.slice(0, size);
    rest = rest.slice(size);
  }
  return out + rest;
};

export const maskCpf = (text: string) =>
  grouped(bare(text).replace(/\D/g, '').slice(0, 11), [
    [3, ''],
    [3, '.'],
    [3, '.'],
    [2, '-'],
  ]);

export const maskCnpj = (text: string) =>
  grouped(
    bare(text)
      .replace(/[^0-9A-Z]/g, '')
      .slice(0, 14),
    [
      [2, ''],
      [3, '.'],
      [3, '.'],
      [4, '/'],
      [2, '-'],
    ],
  );

export const maskPostalCode = (text: string) =>
  grouped(bare(text).replace(/\D/g, '').slice(0, 8), [
    [5, ''],
    [3, '-'],
  ]);

/** Eight digits; the country's first codes are those of São Paulo. */
export const checkPostalCode = (text: string): Verdict =>
  /^(?!00)\d{8}$/.test(bare(text)) ? null : 'format';

/** Eleven digits are a person; a letter or a twelfth character makes it a company. */
export const maskDocument = (text: string) =>
  /^\d{0,11}$/.test(bare(text)) ? maskCpf(text) : maskCnpj(text);
