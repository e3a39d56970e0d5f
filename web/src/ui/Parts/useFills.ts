import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { use, useRef } from 'react';
import { keys } from '@/api/keys';
import { useMeta } from '@/api/me';
import { recordDetail, type RecordPage, type RecordRow } from '@/api/records';
import type { MetaEntity, MetaField } from '@/api/types';
import { isEmpty, ROW, same, type FormValues, type Row } from '@/ui/Edit/values';
import { toInput } from '@/ui/RecordForm/formValues';
import { RulesContext, type Fills } from '@/ui/RecordForm/rules';
import type { Rows } from './useRows';

/** As the list says it from which it was chosen; else it is asked for. */
async function recordOf(client: QueryClient, entity: MetaEntity, id: string): Promise<RecordRow> {
  const queryKey = keys.lists(entity.name);
  const rows = client
    .getQueriesData<Partial<RecordPage>>({ queryKey })
    .flatMap(([, list]) => list?.data ?? [])
    .filter((row) => row.id === id)
    .sort((a, b) => (b.version ?? 0) - (a.version ?? 0));
  return rows[0] ?? client.fetchQuery(recordDetail(entity, id));
}

/** What a fill says, as it stands in the inputs. */
function filledBy(field: MetaField, fill: Fills[string], chosen: RecordRow): FormValues {
  const said = fill(chosen);
  const parts = (field.fields ?? []).filter(({ key, readOnly }) => key in said && !readOnly);
  return Object.fromEntries(parts.map((part) => [part.key, toInput(part, said[part.key])]));
}

/** Writes into a cell; a record that is chosen there fills others of its row that nobody wrote. */
export function useFills(field: MetaField, { latest, set }: Rows) {
  const client = useQueryClient();
  const { entities } = useMeta();
  const { fills } = use(RulesContext);
  // By row: what was filled in last.
  const filled = useRef(new Map<string, FormValues>());

  const complete = async (row: Row, part: MetaField, fill: Fills[string], id: string) => {
    const entity = entities.find(({ name }) => name === part.target);
    if (!entity) return;
    const of = async (one: string) => filledBy(field, fill, await recordOf(client, entity, one));
    const { key } = row[ROW];
    const was = row[part.key];
    const now = await of(id);
    // A row that was saved: what stands there as its record says it was not written by hand.
    const before: FormValues =
      filled.current.get(key) ?? (typeof was === 'string' ? await of(was).catch(() => ({})) : {});
    const there = latest.current.rows.find((one) => one[ROW].key === key);
    if (there?.[part.key] !== id) return;
    filled.current.set(key, now);
    const free = Object.entries(now).filter(
      ([cell]) => isEmpty(there[cell]) || same(there[cell], before[cell]),
    );
    set(key, Object.fromEntries(free));
  };

  const fillOf = (part: MetaField) => fills?.[`${field.key}.${part.key}`];
  const write = async (row: Row, part: MetaField, value: unknown) => {
    set(row[ROW].key, { [part.key]: value });
    const fill = fillOf(part);
    // What may not be read fills nothing; the choice itself stands.
    if (fill && typeof value === 'string') await complete(row, part, fill, value).catch(() => {});
  };
  return { write, hasFill: (part: MetaField) => fillOf(part) !== undefined };
}

export type Filling = ReturnType<typeof useFills>;
