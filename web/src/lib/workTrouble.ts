import type { TFunction } from 'i18next';

const KNOWN = [
  'interrupted',
  'internal',
  'file_missing',
  'entity_missing',
  'too_many_rows',
  'asker_may_not',
  'asker_may_not',
  'unavailable',
];

/** Why long work stopped, in words; the server says it as a code. */
export function workTrouble(t: TFunction, code?: string | null): string | undefined {
  if (!code) return undefined;
  const word = code.startsWith('database') ? 'unavailable' : KNOWN.includes(code) ? code : 'other';
  return t(`ui.work.${word}`, { code });
}
