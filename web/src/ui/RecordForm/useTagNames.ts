import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useCan, useMetaEntity } from '@/api/me';
import { recordCatalogue, recordChoices } from '@/api/records';
import type { MetaEntity } from '@/api/types';
import { fold } from '@/lib/fold';

// As many as the catalogue brings at once; a company that has more asks the server while typing.
const WHOLE = 100;
const PAUSE_MS = 150;

interface TagNames {
  /** Those that fit what is typed, best first. */
  fitting: string[];
  /** All that fit are known by now. */
  ready: boolean;
  /** No tag is called so, and this person may make one. */
  creatable: boolean;
}

/** The tags that there are, for what is typed. */
export function useTagNames(target: string, typed: string, chosen: string[]): TagNames {
  const entity = useMetaEntity(target) ?? ({ name: target, plural: target } as MetaEntity);
  const may = useCan();
  const readable = may(target, 'read');
  const text = fold(typed);
  const [wanted] = useDebouncedValue(text, PAUSE_MS);
  const all = useQuery({ ...recordCatalogue(entity), enabled: readable });
  const rows = all.data?.data ?? [];
  const many = rows.length >= WHOLE;
  const search = { ...recordChoices(entity, wanted), enabled: readable && many && wanted !== '' };
  const found = useQuery(search);
  const more = many ? (found.data?.data ?? []) : [];
  const names = [...new Set([...rows, ...more].map(({ name }) => String(name)))];
  const answered = wanted === text && found.isSuccess && !found.isPlaceholderData;
  const ready = !readable || (all.isSuccess && (!many || text === '' || answered));

  const rank = (name: string) => (fold(name).startsWith(text) ? 0 : 1);
  const fitting = names.filter((name) => fold(name).includes(text));
  const known = [...names, ...chosen].some((name) => fold(name) === text);
  return {
    fitting: text === '' ? fitting : fitting.sort((a, b) => rank(a) - rank(b)),
    ready,
    // Before the server has answered nobody knows that there is none.
    creatable: ready && text !== '' && !known && may(target, 'create'),
  };
}
