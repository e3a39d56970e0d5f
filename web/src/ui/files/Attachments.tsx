import { IconFiles } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { StoredFile } from '@/api/files';
import { keys } from '@/api/keys';
import { useCan } from '@/api/me';
import { createRecord, type RecordRow } from '@/api/records';
import type { MetaEntity } from '@/api/types';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { FormSkeleton } from '@/ui/Skeletons';
import { attachmentsOf, type Attached } from './attached';
import { AttachmentRow } from './AttachmentRow';
import { DropZone } from './DropZone';
import styles from './Files.module.css';
import { UploadLine } from './UploadLine';
import { useUploads } from './useUploads';

interface AttachmentsProps {
  /** Each of its records holds one file, and leads to what it is attached to. */
  entity: MetaEntity;
  to: Attached;
  readOnly?: boolean;
}

/** The field in which one of them holds its file. */
const fileFieldOf = (entity: MetaEntity) => entity.fields.find(({ type }) => type === 'file');

/** The files of a record: brought here, looked at, renamed, taken away and brought back. */
export function Attachments({ entity, to, readOnly = false }: AttachmentsProps) {
  const { t } = useTranslation();
  const may = useCan();
  const client = useQueryClient();
  const query = useQuery(attachmentsOf(entity, to));
  const field = fileFieldOf(entity);
  // Nobody waits for the timeline: what was sent must not stand there twice for long.
  const refresh = () => {
    void client.invalidateQueries({ queryKey: keys.timeline(to.id) });
    return client.invalidateQueries({ queryKey: keys.lists(entity.name) });
  };
  const take = async (stored: StoredFile, { name }: File) => {
    if (!field) return;
    await createRecord(entity, {
      ...{ [to.field]: to.id, [field.key]: stored.id },
      [entity.titleField]: (stored.name ?? name).slice(0, 200),
    });
    await refresh();
  };
  const { uploads, add, cancel } = useUploads(take);
  if (!field) return null;
  const rows = query.data?.data ?? [];
  const list = (
    <>
      {query.isPending && <FormSkeleton fields={3} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && rows.length === 0 && uploads.length === 0 && (
        <EmptyState icon={<IconFiles size={24} stroke={1.7} />} title={t('records.files.empty')}>
          {t(readOnly ? 'records.files.emptyPlain' : 'records.files.emptyText')}
        </EmptyState>
      )}
      <ul className={styles.list} aria-label={entity.labelPlural}>
        {uploads.map((upload) => (
          <UploadLine key={upload.key} upload={upload} onCancel={() => cancel(upload.key)} />
        ))}
        {rows.map((row: RecordRow) => (
          <AttachmentRow key={row.id} {...{ entity, field, row, readOnly }} onChanged={refresh} />
        ))}
      </ul>
    </>
  );
  return readOnly || !may(entity.name, 'create') ? list : <DropZone onFiles={add}>{list}</DropZone>;
}
