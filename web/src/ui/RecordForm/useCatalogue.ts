import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useCan, useMetaEntity } from '@/api/me';
import { recordCatalogue, type RecordRow } from '@/api/records';
import { hueOf, isHue, type Hue } from '@/lib/hues';

const NONE: RecordRow[] = [];

/** The rows of a short catalogue (tags, users), asked for once and kept by the socket. */
export function useCatalogue(name: string): RecordRow[] {
  const entity = useMetaEntity(name);
  const may = useCan();
  const { data } = useQuery({
    ...recordCatalogue(entity ?? ({ name, plural: name } as never)),
    enabled: entity !== undefined && may(name, 'read'),
  });
  return data?.data ?? NONE;
}

/** The colour of each tag by its name. */
export function useTagHues(name: string): (tag: string) => Hue {
  const rows = useCatalogue(name);
  return useMemo(() => {
    const hues = new Map(rows.map((row) => [String(row.name), row.color]));
    return (tag) => {
      const hue = hues.get(tag);
      return isHue(hue) ? hue : hues.size > 0 ? 'gray' : hueOf(tag);
    };
  }, [rows]);
}
