import { useQueryClient } from '@tanstack/react-query';
import { useMeta } from '@/api/me';
import { recordChoices } from '@/api/records';
import type { MetaField } from '@/api/types';
import { fold } from '@/lib/fold';
import { isInUse } from '@/ui/RecordForm/useChoices';

/** The record that a name of a spreadsheet means: one that is called exactly so, or none. */
export function useNames(): (field: MetaField, name: string) => Promise<string | undefined> {
  const client = useQueryClient();
  const { entities } = useMeta();
  return async (field, name) => {
    const entity = entities.find((one) => one.name === field.target);
    if (!entity) return undefined;
    const { data } = await client.fetchQuery(recordChoices(entity, name));
    const named = data.filter((row) => fold(String(row[entity.titleField])) === fold(name));
    const found = named.filter(isInUse);
    return found.length === 1 ? found[0]!.id : undefined;
  };
}
