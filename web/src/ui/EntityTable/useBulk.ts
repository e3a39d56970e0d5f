import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { useMe } from '@/api/me';
import { workTrouble } from '@/lib/workTrouble';
import {
  bulkRecords,
  fieldsOf,
  isRunning,
  operationQuery,
  undoOperation,
  type Bulk,
} from '@/api/records';
import type { MetaEntity, Operation } from '@/api/types';
import { scopeOf as reach } from '@/lib/permissions';
import { typeOf } from '@/ui/fields';
import { toast } from '@/ui/toast';
import { outcomeOf } from './bulkOutcome';
import { ownActs } from './useRecordActions';

const POLL_MS = 400;
const wait = (ms: number) => new Promise((resolve) => window.setTimeout(resolve, ms));

/** Changes many records at once: follows the server's operation and offers its undo. */
export function useBulk(entity: MetaEntity) {
  const client = useQueryClient();
  const { t } = useTranslation();
  const { user } = useMe();
  // Tags that were typed for the first time exist from now on.
  const made = fieldsOf(entity).flatMap((field) =>
    field.target && typeOf(field).makes ? [keys.lists(field.target)] : [],
  );
  const [running, setRunning] = useState<string | null>(null);
  const { data: operation } = useQuery({
    ...operationQuery(running ?? ''),
    enabled: running !== null,
  });

  const follow = async (started: Operation): Promise<Operation> => {
    client.setQueryData(keys.detail('operation', started.id), started);
    setRunning(started.id);
    let now = started;
    while (isRunning(now.state)) {
      await wait(POLL_MS);
      now = await client.fetchQuery({ ...operationQuery(started.id), staleTime: POLL_MS });
    }
    setRunning(null);
    ownActs.set(ownActs.get() + 1);
    await Promise.all([
      client.invalidateQueries({ queryKey: keys.all(entity.name) }),
      client.invalidateQueries({ queryKey: keys.timelines }),
      ...made.map((queryKey) => client.invalidateQueries({ queryKey })),
      client.invalidateQueries({ queryKey: keys.lists('operation') }),
    ]);
    return now;
  };
  const attempt = async (act: () => Promise<void>): Promise<boolean> => {
    try {
      await act();
      return true;
    } catch (error) {
      setRunning(null);
      toast.fail(error);
      return false;
    }
  };
  const undo = (id: string) =>
    attempt(async () => {
      const done = await follow(await undoOperation(id));
      if (done.state === 'failed')
        toast.fail(workTrouble(t, done.error) ?? t('records.bulk.failed'));
      else toast.done(t('records.bulk.undone'));
    });
  const run = (bulk: Bulk) =>
    attempt(async () => {
      const done = await follow(await bulkRecords(entity, bulk));
      if (done.state === 'failed')
        return void toast.fail(workTrouble(t, done.error) ?? t('records.bulk.failed'));
      const right = bulk.action === 'update' ? 'update' : 'delete';
      const { text, failed } = outcomeOf(t, done, bulk.action, reach(user, entity.name, right));
      if (failed) return void toast.fail(text);
      const undoable = done.undoableUntil && done.changed > 0;
      toast.done(text, undoable ? { undo: () => void undo(done.id) } : {});
    });
  const total = operation?.total ?? 0;
  const progress = running === null ? undefined : total > 0 ? operation!.processed / total : 0;
  return { run, progress };
}
