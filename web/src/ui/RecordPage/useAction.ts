import { useTranslation } from 'react-i18next';
import { ApiError, asApiError } from '@/api/errors';
import { keys } from '@/api/keys';
import { getRecord, recordHistory, runAction, type RecordRow } from '@/api/records';
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
  /** In the history's own words, if it has any for what this made of the record. */
  const tell = async ({ label: action }: MetaAction, done: RecordRow) => {
    const title = String(done[titleField] ?? entity.label);
    const { data } = await recordHistory(entity, record.id).catch(() => ({ data: [] }));
    const made = data.find(({ label, version }) => label && version === done.version);
    const event = done.version !== record.version && made?.label;
    toast.done(
      event
        ? t('records.action.told', { event, name: title })
        : t('records.action.done', { action, name: title }),
    );
  };
  return async (action: MetaAction, values: FormValues = {}) => {
    try {
      const done = await runAction(entity, record, action.name, values);
      take(done);
      void tell(action, done);
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
