import type { TFunction } from 'i18next';

const KNOWN = [
  'interrupted',
  'internal',
  'file_missing',
  'entity_missing',
  'too_many_rows',
  'asker_may_not',
  'storage_full',
  'company_files_full',
  'too_many_to_print',
  'rights_lost',
  'unavailable',
];

/** Why long work stopped, in words; the server says it as a code. */
export function workTrouble(t: TFunction, code?: string | null): string | undefined {
  if (!code) return undefined;
  const own = code.replace('export.', '');
  const word = code.startsWith('database') ? 'unavailable' : KNOWN.includes(own) ? own : 'other';
  return t(`ui.work.${word}`, { code });
}
