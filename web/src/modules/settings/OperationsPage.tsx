import { IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { useMeta } from '@/api/me';
import type { Operation } from '@/api/types';
import { num } from '@/lib/format';
import { EmptyState } from '@/ui/EmptyState';
import { PagedList, RowEnd, RowText } from '@/ui/PagedList';
import { SettingsPage } from '@/ui/Settings/SettingsPage';
import { CancelButton, isRunning, Progress, UndoButton, ResumeButton } from './Progress';
import { cancelOperation, operationsQuery, resumeOperation, undoOperation } from './queries';
import { useWorkDetail } from './useWorkDetail';

// Realtime tells of progress; asking now and then covers a lost connection.
const POLL_MS = 5000;

export function OperationsPage() {
  const { t } = useTranslation();
  const query = useInfiniteQuery({
    ...operationsQuery,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ data }) => data.some((row) => isRunning(row.state))) && POLL_MS,
  });
  return (
    <SettingsPage title={t('settings.operations.title')} text={t('settings.operations.intro')}>
      <PagedList
        query={query}
        label={t('settings.operations.title')}
        subject={t('settings.operations.subject')}
        empty={
          <EmptyState icon={<IconHistory size={24} />} title={t('settings.operations.empty')}>
            {t('settings.operations.emptyText')}
          </EmptyState>
        }
      >
        {(operation) => <OperationRow operation={operation} />}
      </PagedList>
    </SettingsPage>
  );
}

function OperationRow({ operation }: { operation: Operation }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { entities } = useMeta();
  const detail = useWorkDetail(operation);
  const { entity, title: what, state, total, processed, changed, failed } = operation;
  const declared = entities.find(({ name }) => name === entity);
  const fields = operation.fields.map(
    (name) => declared?.fields.find(({ key }) => key === name)?.label ?? name,
  );
  const counts = isRunning(state)
    ? t('settings.operations.progress', { processed: num(processed), total: num(total) })
    : t('settings.operations.result', { changed: num(changed), failed: num(failed) });
  const again = () => client.invalidateQueries({ queryKey: keys.all('operation') });
  const undo = async () => {
    await undoOperation(operation.id);
    await again();
  };
  return (
    <>
      <RowText title={what} detail={detail(fields.join(', '), counts)} />
      <RowEnd>
        <Progress name={what} state={state} processed={processed} total={total} />
        <CancelButton
          state={state}
          label={t('settings.cancelOf', { name: what })}
          onCancel={() => cancelOperation(operation.id).then(again)}
        />
        <ResumeButton
          resumable={operation.resumable}
          label={t('settings.resumeOf', { name: what })}
          onResume={() => resumeOperation(operation.id).then(again)}
        />
        <UndoButton
          state={state}
          until={changed > 0 ? operation.undoableUntil : null}
          label={t('settings.undoOf', { name: what })}
          text={t('settings.operations.undoText', { changed: num(changed) })}
          onUndo={undo}
        />
      </RowEnd>
    </>
  );
}
