import { Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from '@/ui/toast';
import { previewImport, type ImportPreview, type ImportReading } from './queries';
import styles from './Import.module.css';
import { readAgain, type ImportDraft } from './importDraft';

interface ReadingControlsProps {
  draft: ImportDraft;
  onDraft: (draft: ImportDraft) => void;
}

const NO_HEADER = '0';

const ENCODINGS = ['utf-8', 'windows-1252', 'utf-16le', 'utf-16be'];

const separatorOf = ({ separator }: ImportPreview) => (separator === '\t' ? 'tab' : separator);

interface TextControlsProps {
  preview: ImportPreview;
  busy: boolean;
  onRead: (reading: ImportReading) => void;
}

/** Of a text file; a workbook says both itself. */
function TextControls({ preview, busy, onRead }: TextControlsProps) {
  const { t } = useTranslation();
  const separator = separatorOf(preview);
  return (
    <>
      <Select
        label={t('imports.read.separator')}
        disabled={busy}
        allowDeselect={false}
        data={[';', ',', '|', { value: 'tab', label: t('imports.read.tab') }]}
        value={separator}
        onChange={(value) => onRead({ separator: value ?? undefined })}
      />
      <Select
        label={t('imports.read.encoding')}
        disabled={busy}
        allowDeselect={false}
        data={ENCODINGS.map((value) => ({ value, label: t(`imports.read.${value}`) }))}
        value={preview.encoding}
        onChange={(value) => onRead({ separator, encoding: value ?? undefined })}
      />
    </>
  );
}

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
  const isWorkbook = preview.sheet !== null;
  const separator = separatorOf(preview);
  const lines = preview.lines.map(({ line, cells }) => ({
    value: String(line),
    label: t('imports.read.line', { line, cells: cells.slice(0, 4).join(' · ') }),
  }));
  return (
    <div className={styles.reading}>
      {isWorkbook ? (
        <Select
          label={t('imports.read.sheet')}
          disabled={busy}
          allowDeselect={false}
          data={preview.sheets.map((label, index) => ({ value: String(index + 1), label }))}
          value={String(preview.sheet)}
          onChange={(value) => void read({ sheet: Number(value) })}
        />
      ) : (
        <TextControls preview={preview} busy={busy} onRead={(reading) => void read(reading)} />
      )}
      <Select
        className={styles.headerLine}
        label={t('imports.read.header')}
        disabled={busy}
        allowDeselect={false}
        data={[{ value: NO_HEADER, label: t('imports.read.noHeader') }, ...lines]}
        value={String(preview.headerLine)}
        onChange={(value) =>
          void read({ ...(isWorkbook ? {} : { separator }), headerLine: Number(value) })
        }
      />
    </div>
  );
}
