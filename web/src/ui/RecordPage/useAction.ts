import { useTranslation } from 'react-i18next';
import { ApiError, asApiError } from '@/api/errors';
import { keys } from '@/api/keys';
import { getRecord, runAction, type RecordRow } from '@/api/records';
import type { MetaAction, MetaEntity } from '@/api/types';
import type { FormValues } from '@/ui/Edit/values';
import { useRecordActions } from '@/ui/EntityTable/useRecordActions';
import { toast } from '@/ui/toast';

/** Does with a record what its entity declares; throws what the server refuses. */
export function useAction(entity: MetaEntity, record: RecordRow) {
  const { t } = useTranslation();
  const { patch, refresh } = useRecordActions(entity);
  const { name, titleField } = entity;
  const take = (row: RecordRow) => {
    patch(row.id, (before) => ({ ...before, ...row }));
    void refresh(keys.history(name, row.id), keys.timeline(row.id));
  };
  return async (action: MetaAction, values: FormValues = {}) => {
    try {
      const done = await runAction(entity, record, action.name, values);
      const title = String(done[titleField] ?? entity.label);
      toast.done(t('records.action.done', { action: action.label, name: title }));
      take(done);
    } catch (error) {
      const problem = asApiError(error);
      if (problem.status !== 412) throw error;
      // It was decided upon what stood there before: whoever decided sees first what it is now.
      take(await getRecord(entity, record.id));
      const { code } = problem;
      throw new ApiError({ status: 412, code, title: t('records.action.changed') });
    }
  };
}
