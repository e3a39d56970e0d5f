import type { TFunction } from 'i18next';

const KNOWN = [
  'address',
  'private_place',
  'unknown_host',
  'unreachable',
  'certificate',
  'timeout',
  'broken',
  'resting',
];

/** Why another system gave no answer, in words; nothing where the code is none of the server's. */
export const callTrouble = (t: TFunction, code?: string | null): string | undefined =>
  code && KNOWN.includes(code) ? t(`ui.trouble.${code}`) : undefined;
