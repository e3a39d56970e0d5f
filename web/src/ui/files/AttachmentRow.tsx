import { IconDownload, IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { downloadFile, filedIn } from '@/api/files';
import { useCan } from '@/api/me';
import { deleteRecord, restoreRecord, valueOf, type Linked, type RecordRow } from '@/api/records';
import type { MetaEntity, MetaField } from '@/api/types';
import { ago, dateTime, fileSize } from '@/lib/format';
import type { Owned } from '@/lib/permissions';
import { IconBtn } from '@/ui/IconBtn';
import { toast } from '@/ui/toast';
import { FilePreview } from './FilePreview';
import { FileTile } from './FileTile';
import styles from './Files.module.css';
import { isPreviewed } from './kinds';
import { RenameDialog } from './RenameDialog';

interface AttachmentRowProps {
  entity: MetaEntity;
  field: MetaField;
  row: RecordRow;
  readOnly: boolean;
  onChanged: () => Promise<unknown>;
}

/** One file of a record: what it is, who brought it and when, and what can be done with it. */
export function AttachmentRow({ entity, field, row, readOnly, onChanged }: AttachmentRowProps) {
  const { t } = useTranslation();
  const may = useCan();
  const [open, setOpen] = useState<'preview' | 'rename' | null>(null);
  const file = filedIn(row, field, valueOf(row, field.key));
  const name = String(row[entity.titleField] ?? '');
  const by = (row.createdByUser as Linked | null)?.title ?? t('records.history.somebody');
  const created = String(row.createdAt ?? '');
  const attempt = async (act: () => Promise<unknown>) => {
    try {
      await act();
      await onChanged();
    } catch (error) {
      toast.fail(error);
    }
  };
  const remove = () =>
    attempt(async () => {
      await deleteRecord(entity, row.id);
      toast.done(t('records.files.deleted', { name }), {
        undo: () => void attempt(() => restoreRecord(entity, row.id)),
      });
    });
  const download = () => file && void downloadFile(file.id).catch(toast.fail);
  const look = () => (isPreviewed(file?.type) ? setOpen('preview') : download());
  const allowed = (action: 'update' | 'delete') =>
    !readOnly && may(entity.name, action, row as Owned);
  return (
    <li className={styles.row}>
      <FileTile file={file} />
      <div className={styles.text}>
        <button type="button" className={styles.name} title={name} onClick={look}>
          {name}
        </button>
        <p className={styles.detail}>
          <span className="num">{fileSize(file?.size ?? 0)}</span> · {by} ·{' '}
          <time dateTime={created} title={dateTime(created)}>
            {ago(created)}
          </time>
        </p>
      </div>
      <IconBtn label={t('records.files.downloadOf', { name })} onClick={download}>
        <IconDownload size={16} stroke={1.7} />
      </IconBtn>
      {allowed('update') && (
        <IconBtn label={t('records.files.renameOf', { name })} onClick={() => setOpen('rename')}>
          <IconPencil size={16} stroke={1.7} />
        </IconBtn>
      )}
      {allowed('delete') && (
        <IconBtn label={t('records.files.deleteOf', { name })} onClick={() => void remove()}>
          <IconTrash size={16} stroke={1.7} />
        </IconBtn>
      )}
      {open === 'preview' && file && (
        <FilePreview file={file} name={name} onClose={() => setOpen(null)} />
      )}
      {open === 'rename' && (
        <RenameDialog {...{ entity, row }} onSaved={onChanged} onClose={() => setOpen(null)} />
      )}
    </li>
  );
}
