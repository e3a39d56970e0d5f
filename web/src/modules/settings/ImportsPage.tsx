import { IconDownload, IconUpload } from '@tabler/icons-react';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { send } from '@/api/client';
import { keys } from '@/api/keys';
import { useCan, useMeta } from '@/api/me';
import type { Import } from '@/api/types';
import { importOf } from '@/lib/addresses';
import { num } from '@/lib/format';
import { saveFile } from '@/lib/saveFile';
import { EmptyState } from '@/ui/EmptyState';
import { namesOf } from '@/ui/EntityPage/words';
import { HeaderButton } from '@/ui/HeaderButton';
import { IconBtn } from '@/ui/IconBtn';
import { PagedList, RowEnd, RowText } from '@/ui/PagedList';
import { SettingsPage } from '@/ui/Settings/SettingsPage';
import { Tag } from '@/ui/Tag';
import { toast } from '@/ui/toast';
import { CancelButton, isRunning, Progress, UndoButton, ResumeButton } from './Progress';
import { cancelImport, importsQuery, resumeImport, undoImport } from './queries';
import { useWorkDetail } from './useWorkDetail';

const POLL_MS = 5000;

export function ImportsPage() {
  const { t } = useTranslation();
  const may = useCan();
  const query = useInfiniteQuery({
    ...importsQuery,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ data }) => data.some((row) => isRunning(row.state))) && POLL_MS,
  });
  const importable = useMeta().entities.filter((one) => one.importable && may(one.name, 'import'));
  const start = importable.map((entity) => (
    <HeaderButton
      key={entity.name}
      primary={importable.length === 1}
      icon={<IconUpload size={16} stroke={1.8} />}
      label={t('imports.title', namesOf(entity))}
      to={importOf(entity.name)}
    />
  ));
  return (
    <SettingsPage
      title={t('settings.imports.title')}
      text={t('settings.imports.intro')}
      action={start}
    >
      <PagedList
        query={query}
        label={t('settings.imports.title')}
        subject={t('settings.imports.subject')}
        empty={
          <EmptyState icon={<IconUpload size={24} />} title={t('settings.imports.empty')}>
            {t('settings.imports.emptyText')}
          </EmptyState>
        }
      >
        {(row) => <ImportRow row={row} />}
      </PagedList>
    </SettingsPage>
  );
}

function ImportRow({ row }: { row: Import }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const detail = useWorkDetail(row);
  const things = useMeta().entities.find(({ name }) => name === row.entity)?.labelPlural;
  const { id, fileName, state, total, processed, failed } = row;
  const again = () => client.invalidateQueries({ queryKey: keys.all('import') });
  const partly = state === 'undone' && row.kept > 0;
  const counts = partly
    ? t('settings.imports.partly', { undone: num(row.undone), total: num(row.undone + row.kept) })
    : isRunning(state)
      ? t('settings.operations.progress', { processed: num(processed), total: num(total) })
      : t('settings.imports.result', {
          created: num(row.created),
          updated: num(row.updated),
          skipped: num(row.skipped),
          failed: num(failed),
        });
  const download = () =>
    send(`/api/v1/imports/${id}/errors.csv`)
      .then((answer) => answer.blob())
      .then((blob) => saveFile(blob, t('settings.imports.errorsFile', { fileName })))
      .catch((error) => toast.fail(error));
  return (
    <>
      <RowText
        title={
          <>
            <Link to={importOf(row.entity)} search={{ id }}>
              {fileName}
            </Link>
            {row.dryRun && <Tag hue="amber">{t('settings.imports.dryRun')}</Tag>}
          </>
        }
        detail={detail(things ?? row.entity, counts)}
      />
      <RowEnd>
        {failed > 0 && (
          <IconBtn
            label={t('settings.imports.errors', { fileName })}
            onClick={() => void download()}
          >
            <IconDownload size={16} stroke={1.7} />
          </IconBtn>
        )}
        <Progress name={fileName} state={state} processed={processed} total={total} />
        <CancelButton
          state={state}
          label={t('settings.cancelOf', { name: fileName })}
          onCancel={() => cancelImport(id).then(again)}
        />
        <ResumeButton
          resumable={row.resumable}
          label={t('settings.resumeOf', { name: fileName })}
          onResume={() => resumeImport(id).then(again)}
        />
        <UndoButton
          state={row.dryRun ? 'dry' : state}
          until={row.undoableUntil}
          label={t('settings.undoOf', { name: fileName })}
          text={t('settings.imports.undoText', {
            created: num(row.created),
            updated: num(row.updated),
          })}
          onUndo={() => undoImport(id).then(again)}
        />
      </RowEnd>
    </>
  );
}
