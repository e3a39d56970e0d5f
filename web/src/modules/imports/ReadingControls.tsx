import { Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from '@/ui/toast';
import { previewImport, type ImportReading } from './queries';
import styles from './Import.module.css';
import { readAgain, type ImportDraft } from './importDraft';

interface ReadingControlsProps {
  draft: ImportDraft;
  onDraft: (draft: ImportDraft) => void;
}

const NO_HEADER = '0';

const ENCODINGS = ['utf-8', 'windows-1252', 'utf-16le', 'utf-16be'];

/** How the file is read, to be corrected where the guess was wrong. */
export function ReadingControls({ draft, onDraft }: ReadingControlsProps) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const { preview } = draft;
  const read = async (reading: ImportReading) => {
    setBusy(true);
    try {
      const next = await previewImport(draft.entity, { uploadId: preview.uploadId }, reading);
      onDraft(readAgain(draft, next));
    } catch (error) {
      toast.fail(error);
    } finally {
      setBusy(false);
    }
  };
  const separator = preview.separator === '\t' ? 'tab' : preview.separator;
  const lines = preview.lines.map(({ line, cells }) => ({
    value: String(line),
    label: t('imports.read.line', { line, cells: cells.slice(0, 4).join(' · ') }),
  }));
  return (
    <div className={styles.reading}>
      <Select
        label={t('imports.read.separator')}
        disabled={busy}
        allowDeselect={false}
        data={[';', ',', '|', { value: 'tab', label: t('imports.read.tab') }]}
        value={separator}
        onChange={(value) => void read({ separator: value ?? undefined })}
      />
      <Select
        label={t('imports.read.encoding')}
        disabled={busy}
        allowDeselect={false}
        data={ENCODINGS.map((value) => ({ value, label: t(`imports.read.${value}`) }))}
        value={preview.encoding}
        onChange={(value) => void read({ separator, encoding: value ?? undefined })}
      />
      <Select
        className={styles.headerLine}
        label={t('imports.read.header')}
        disabled={busy}
        allowDeselect={false}
        data={[{ value: NO_HEADER, label: t('imports.read.noHeader') }, ...lines]}
        value={String(preview.headerLine)}
        onChange={(value) => void read({ separator, headerLine: Number(value) })}
      />
    </div>
  );
}
