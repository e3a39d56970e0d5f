import { Button, FileButton, Loader } from '@mantine/core';
import { IconDownload, IconFileSpreadsheet } from '@tabler/icons-react';
import { useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { asApiError, type ApiError } from '@/api/errors';
import type { MetaEntity, MetaField } from '@/api/types';
import { saveFile } from '@/lib/saveFile';
import { namesOf } from '@/ui/EntityPage/words';
import { FormAlert } from '@/ui/FormAlert';
import { previewImport } from './queries';
import styles from './Import.module.css';
import { newDraft, template, type ImportDraft } from './importDraft';

interface FileStepProps {
  entity: MetaEntity;
  fields: MetaField[];
  onDraft: (draft: ImportDraft) => void;
}

const ACCEPTED = '.xlsx,.csv,.txt,.tsv,text/csv,text/plain,text/tab-separated-values';

export function FileStep({ entity, fields, onDraft }: FileStepProps) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [over, setOver] = useState(false);
  const [failure, setFailure] = useState<ApiError | null>(null);
  const take = async (file: File | null | undefined) => {
    if (!file || busy) return;
    setBusy(true);
    setFailure(null);
    try {
      onDraft(newDraft(entity.name, file.name, await previewImport(entity.name, { file })));
    } catch (error) {
      setFailure(asApiError(error));
      setBusy(false);
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files[0]);
  };
  const reason = failure?.errors[0]?.message;
  return (
    <>
      <FormAlert error={failure} text={reason} />
      <div
        className={styles.drop}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <span className={styles.tile}>
          {busy ? <Loader size={22} /> : <IconFileSpreadsheet size={26} stroke={1.6} />}
        </span>
        <h2 className={styles.dropTitle}>
          {t(busy ? 'imports.file.reading' : 'imports.file.title')}
        </h2>
        <p className={styles.quiet}>{t('imports.file.text')}</p>
        <FileButton accept={ACCEPTED} onChange={(file) => void take(file)} disabled={busy}>
          {(props) => (
            <Button {...props} disabled={busy}>
              {t('imports.file.choose')}
            </Button>
          )}
        </FileButton>
      </div>
      <p className={styles.template}>
        {t('imports.file.template')}
        <Button
          variant="subtle"
          leftSection={<IconDownload size={15} stroke={1.8} />}
          onClick={() =>
            saveFile(template(fields), t('imports.file.templateName', namesOf(entity)))
          }
        >
          {t('imports.file.download')}
        </Button>
      </p>
    </>
  );
}
