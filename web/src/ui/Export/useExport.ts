import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  cancelExport,
  exportFile,
  exportQuery,
  startExport,
  type Export,
  type ExportWish,
} from '@/api/exports';
import { keys } from '@/api/keys';
import { isRunning } from '@/api/records';
import { saveFile } from '@/lib/saveFile';
import { workTrouble } from '@/lib/workTrouble';
import { toast } from '@/ui/toast';
import { useFollowed } from './useFollowed';

export const saveExport = ({ id, fileName }: Pick<Export, 'id' | 'fileName'>) =>
  exportFile(id)
    .then((blob) => saveFile(blob, fileName))
    .catch((error: unknown) => toast.fail(error));

/** One export from the wish to the file; what is left behind tells of its end by a toast. */
export function useExport() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const follow = useFollowed();
  const [id, setId] = useState<string | null>(null);
  const left = useRef(false);
  const { data } = useQuery({ ...exportQuery(id ?? ''), enabled: id !== null });

  const start = async (wish: ExportWish) => {
    left.current = false;
    const started = await startExport(wish);
    client.setQueryData(keys.detail('export', started.id), started);
    void client.invalidateQueries({ queryKey: keys.lists('export') });
    setId(started.id);
    void follow(started).then((done) => {
      if (!left.current || !done) return;
      if (done.state === 'done') {
        const action = { label: t('exports.download'), run: () => void saveExport(done) };
        toast.done(t('exports.ready', { name: done.fileName }), { action, stay: 20_000 });
      } else if (done.state === 'failed') {
        toast.fail(workTrouble(t, done.error) ?? t('exports.failed'));
      }
    });
  };
  const leave = () => {
    left.current = true;
    setId(null);
  };
  const cancel = () => {
    if (id === null) return;
    void cancelExport(id).catch((error: unknown) => toast.fail(error));
    setId(null);
  };
  const running = data !== undefined && isRunning(data.state);
  return { start, leave, cancel, export: id === null ? undefined : data, running };
}
