import { IconDownload, IconTrash } from '@tabler/icons-react';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cancelExport, deleteExport, exportsQuery, resumeExport, type Export } from '@/api/exports';
import { keys } from '@/api/keys';
import { dateTime, fileSize, num } from '@/lib/format';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { EmptyState } from '@/ui/EmptyState';
import { saveExport } from '@/ui/Export/useExport';
import { IconBtn } from '@/ui/IconBtn';
import { PagedList, RowEnd, RowText } from '@/ui/PagedList';
import { SettingsPage } from '@/ui/Settings/SettingsPage';
import { CancelButton, isRunning, Progress, ResumeButton } from './Progress';
import { useWorkDetail } from './useWorkDetail';

// Realtime tells of progress; asking now and then covers a lost connection.
const POLL_MS = 5000;

export function ExportsPage() {
  const { t } = useTranslation();
  const query = useInfiniteQuery({
    ...exportsQuery,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ data }) => data.some((row) => isRunning(row.state))) && POLL_MS,
  });
  return (
    <SettingsPage title={t('settings.exports.title')} text={t('settings.exports.intro')}>
      <PagedList
        query={query}
        label={t('settings.exports.title')}
        subject={t('settings.exports.subject')}
        empty={
          <EmptyState icon={<IconDownload size={24} />} title={t('settings.exports.empty')}>
            {t('settings.exports.emptyText')}
          </EmptyState>
        }
      >
        {(row) => <ExportRow row={row} />}
      </PagedList>
    </SettingsPage>
  );
}

function ExportRow({ row }: { row: Export }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const detail = useWorkDetail(row);
  const { id, fileName: name, state, processed, total, rows, size, expiresAt } = row;
  const again = () => client.invalidateQueries({ queryKey: keys.all('export') });
  const counts = isRunning(state)
    ? t('settings.operations.progress', { processed: num(processed), total: num(total) })
    : [
        rows !== null && t('settings.exports.rows', { count: rows, number: num(rows) }),
        size !== null && fileSize(size),
        state === 'done' && t('settings.exports.until', { when: dateTime(expiresAt) }),
      ]
        .filter(Boolean)
        .join(' · ');
  return (
    <>
      <RowText title={name} detail={detail(row.title, counts)} />
      <RowEnd>
        {state === 'done' && (
          <IconBtn
            label={t('settings.exports.downloadOf', { name })}
            onClick={() => void saveExport(row)}
          >
            <IconDownload size={16} stroke={1.7} />
          </IconBtn>
        )}
        <Progress name={name} state={state} processed={processed} total={total} />
        <CancelButton
          state={state}
          label={t('settings.cancelOf', { name })}
          onCancel={() => cancelExport(id).then(again)}
        />
        <ResumeButton
          resumable={row.resumable}
          label={t('settings.resumeOf', { name })}
          onResume={() => resumeExport(id).then(again)}
        />
        {!isRunning(state) && (
          <DeleteButton name={name} remove={() => deleteExport(id).then(again)} />
        )}
      </RowEnd>
    </>
  );
}

interface DeleteButtonProps {
  name: string;
  remove: () => Promise<unknown>;
}

function DeleteButton({ name, remove }: DeleteButtonProps) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <IconBtn label={t('settings.exports.deleteOf', { name })} onClick={() => setAsking(true)}>
        <IconTrash size={16} stroke={1.7} />
      </IconBtn>
      <ConfirmDialog
        opened={asking}
        title={t('settings.exports.deleteAsk')}
        text={t('settings.exports.deleteText', { name })}
        action={t('ui.delete')}
        onConfirm={async () => void (await remove())}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
