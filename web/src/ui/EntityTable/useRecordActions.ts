import { useQueryClient, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { asApiError } from '@/api/errors';
import { keys } from '@/api/keys';
import type { QueryKey } from '@/api/questions';
import {
  deleteRecord,
  fieldsOf,
  getRecord,
  linkedIn,
  recordHistory,
  restoreRecord,
  updateRecord,
  valueOf,
  withValue,
  type RecordPage,
  type RecordRow,
} from '@/api/records';
import type { MetaEntity } from '@/api/types';
import { signal } from '@/lib/signal';
import { typeOf } from '@/ui/fields';
import { fieldText } from '@/ui/fieldText';
import { toast } from '@/ui/toast';

type Change = (row: RecordRow) => RecordRow;

/** Counts this person's own acts: their effect shows at once, wherever the pointer is. */
export const ownActs = signal(0);

const sameValue = (a: unknown, b: unknown) =>
  JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** Changing, deleting and bringing back one record, from a list or from its page. */
export function useRecordActions(entity: MetaEntity) {
  const client = useQueryClient();
  const { t } = useTranslation();
  const { name } = entity;

  const patch = (id: string, change: Change) => patchCache(client, name, id, change);
  const refresh = (...more: QueryKey[]) => refreshLists(client, name, more);
  const settle = (saved: RecordRow, key: string) => {
    patch(saved.id, (row) => ({ ...row, ...saved }));
    void client.invalidateQueries({ queryKey: keys.timeline(saved.id) });
    void client.invalidateQueries({ queryKey: keys.history(name, saved.id) });
    if (entity.counters?.includes(key))
      void client.invalidateQueries({ queryKey: keys.stats(name) });
    // A tag that was typed for the first time exists from now on.
    const field = fieldsOf(entity).find((one) => one.key === key);
    if (field?.target && typeOf(field).makes)
      void client.invalidateQueries({ queryKey: keys.lists(field.target) });
  };

  const tell = useConflictWords(entity);
  const conflict = async (seen: RecordRow, key: string, value: unknown) => {
    const fresh = await getRecord(entity, seen.id);
    const retry = async () => {
      try {
        patch(seen.id, (row) => withValue(row, key, value));
        settle(await updateRecord(entity, seen.id, { [key]: value }, fresh.version), key);
      } catch (error) {
        patch(seen.id, () => fresh);
        toast.fail(error);
      }
    };
    // Somebody changed another field: there is nothing to decide.
    if (sameValue(valueOf(fresh, key), valueOf(seen, key))) return retry();
    patch(seen.id, () => fresh);
    await tell(fresh, key, () => void retry());
  };

  /** `seen` is the record as it stood when the edit began. */
  const save = async (seen: RecordRow, key: string, value: unknown): Promise<boolean> => {
    const before = valueOf(seen, key);
    patch(seen.id, (row) => withValue(row, key, value));
    try {
      settle(await updateRecord(entity, seen.id, { [key]: value }, seen.version), key);
      return true;
    } catch (error) {
      const problem = asApiError(error);
      patch(seen.id, (row) => withValue(row, key, before));
      if (problem.status === 412) {
        await conflict(seen, key, value).catch((failure: unknown) => toast.fail(failure));
      } else {
        const own = problem.errors.find(({ field }) => field === key);
        toast.fail(own ? t('records.notSaved', { reason: own.message }) : error);
      }
      return false;
    }
  };

  const titleOf = (row: RecordRow) => String(row[entity.titleField] ?? '');
  const restore = async (row: RecordRow) => {
    try {
      await restoreRecord(entity, row.id);
      await refresh(keys.detail(name, row.id), keys.history(name, row.id), keys.timeline(row.id));
      toast.done(t('records.restored', { name: titleOf(row) }));
    } catch (error) {
      toast.fail(error);
    }
  };
  const remove = async (row: RecordRow): Promise<boolean> => {
    try {
      await deleteRecord(entity, row.id);
      // Its page is about to be left; who comes back to it finds it in the bin.
      void client.invalidateQueries({ queryKey: keys.detail(name, row.id), refetchType: 'none' });
      await refresh();
      const undo = entity.softDelete === false ? undefined : () => void restore(row);
      toast.done(t('records.deleted', { name: titleOf(row) }), { undo });
      return true;
    } catch (error) {
      toast.fail(error);
      return false;
    }
  };
  return { save, remove, restore, refresh, patch };
}

function patchCache(client: QueryClient, name: string, id: string, change: Change): void {
  const each = (row: RecordRow) => (row.id === id ? change(row) : row);
  client.setQueriesData<RecordPage | InfiniteData<RecordPage>>(
    { queryKey: keys.lists(name) },
    (list) => (list && 'data' in list ? { ...list, data: list.data.map(each) } : list),
  );
  client.setQueryData<RecordRow>(keys.detail(name, id), (row) => row && change(row));
}

/** Says who was faster, and offers one's own word all the same. */
function useConflictWords(entity: MetaEntity) {
  const { t } = useTranslation();
  return async (fresh: RecordRow, key: string, retry: () => void) => {
    const field = fieldsOf(entity).find((one) => one.key === key);
    const { data } = await recordHistory(entity, fresh.id);
    const entry = data.find(({ changes }) => key in changes);
    const titleOf = (id: unknown) => (field && linkedIn(fresh, field, id)?.title) ?? undefined;
    toast.fail(
      t('records.conflict.text', {
        who: entry?.actor?.name ?? t('records.conflict.somebody'),
        field: field?.label ?? key,
        value: field ? fieldText(t, field, valueOf(fresh, key), titleOf) : '',
      }),
      { action: { label: t('records.conflict.mine'), run: retry }, stay: 15_000 },
    );
  };
}

async function refreshLists(client: QueryClient, name: string, more: QueryKey[]): Promise<void> {
  ownActs.set(ownActs.get() + 1);
  await Promise.all([
    ...more.map((queryKey) => client.invalidateQueries({ queryKey })),
    client.invalidateQueries({ queryKey: keys.lists(name) }),
    client.invalidateQueries({ queryKey: keys.stats(name) }),
  ]);
}
