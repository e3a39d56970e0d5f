import { Button, Radio } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { asApiError, type ApiError } from '@/api/errors';
import type { MetaEntity, MetaField } from '@/api/types';
import { num } from '@/lib/format';
import { namesOf } from '@/ui/EntityPage/words';
import { FormAlert } from '@/ui/FormAlert';
import { checkAgain, rehearseImport, type ImportMode } from './queries';
import { ColumnRow } from './ColumnRow';
import styles from './Import.module.css';
import { planOf, problemsOf, type ImportDraft } from './importDraft';
import { importDraftKey } from './importDraftQuery';
import { ReadingControls } from './ReadingControls';

interface MapStepProps {
  entity: MetaEntity;
  fields: MetaField[];
  draft: ImportDraft;
  onDraft: (draft: ImportDraft) => void;
  onBack: () => void;
  onStarted: (id: string) => void;
}

const MODES: ImportMode[] = ['upsert', 'create', 'update'];

/** Which column is which field, and what happens to those that are there already. */
export function MapStep({ entity, fields, draft, onDraft, onBack, onStarted }: MapStepProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ApiError | null>(null);
  const { preview, fileName, trial } = draft;
  const { twice, joined, missing, none } = problemsOf(draft, fields);
  const label = (key: string) => fields.find((field) => field.key === key)?.label ?? key;
  const check = async () => {
    setBusy(true);
    setFailure(null);
    try {
      const plan = planOf(draft);
      if (trial) {
        client.setQueryData(keys.detail('import', trial), await checkAgain(trial, plan));
        client.setQueryData(importDraftKey(trial), draft);
      }
      onStarted(trial ?? (await rehearseImport(draft.entity, preview.uploadId, plan)).id);
    } catch (error) {
      setFailure(asApiError(error));
      setBusy(false);
    }
  };
  const trouble = [
    missing.length > 0 && t('imports.map.missing', { fields: missing.map(label).join(', ') }),
    twice.length > 0 && t('imports.map.twice', { fields: twice.map(label).join(', ') }),
    none && t('imports.map.none'),
  ].filter((text) => text !== false);
  return (
    <>
      <FormAlert error={failure} text={failure?.errors[0]?.message} />
      <p className={styles.quiet}>
        {t(preview.sheet ? 'imports.map.workbook' : 'imports.map.file', {
          fileName,
          rows: num(preview.totalRowsEstimate),
          encoding: preview.encoding,
          separator: preview.separator === '\t' ? 'tab' : preview.separator,
        })}
      </p>
      <ReadingControls draft={draft} onDraft={onDraft} />
      <ColumnTable fields={fields} draft={draft} twice={twice} onDraft={onDraft} />
      <Modes entity={entity} draft={draft} onDraft={onDraft} />
      {joined.length > 0 && (
        <p className={styles.quiet}>
          {t('imports.map.join', { fields: joined.map(label).join(', ') })}
        </p>
      )}
      {trouble.length > 0 && (
        <p role="alert" className={styles.trouble}>
          {trouble.join(' ')}
        </p>
      )}
      <div className={styles.buttons}>
        <Button variant="default" onClick={onBack}>
          {t('imports.otherFile')}
        </Button>
        <Button loading={busy} disabled={trouble.length > 0} onClick={() => void check()}>
          {t('imports.map.check')}
        </Button>
      </div>
    </>
  );
}

type DraftProps = Pick<MapStepProps, 'draft' | 'onDraft'>;

interface ColumnTableProps extends DraftProps {
  fields: MetaField[];
  /** Fields of one value that two columns claim. */
  twice: string[];
}

function ColumnTable({ fields, draft, twice, onDraft }: ColumnTableProps) {
  const { t } = useTranslation();
  const { preview, chosen } = draft;
  return (
    <div className={styles.card}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('imports.map.column')}</th>
            <th scope="col" className={styles.sampleHead}>
              {t('imports.map.sample')}
            </th>
            <th scope="col">{t('imports.map.field')}</th>
          </tr>
        </thead>
        <tbody>
          {preview.columns.map((column) => (
            <ColumnRow
              key={column.index}
              column={column}
              fields={fields}
              draft={draft}
              twice={twice.includes(chosen[column.index] ?? '')}
              onDraft={onDraft}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Modes({ entity, draft, onDraft }: DraftProps & Pick<MapStepProps, 'entity'>) {
  const { t } = useTranslation();
  return (
    <Radio.Group
      label={t('imports.mode.label', namesOf(entity))}
      value={draft.mode}
      onChange={(next) => onDraft({ ...draft, mode: next as ImportMode })}
    >
      <div className={styles.modes}>
        {MODES.map((value) => (
          <Radio
            key={value}
            value={value}
            label={t(`imports.mode.${value}`)}
            description={t(`imports.mode.${value}Text`)}
          />
        ))}
      </div>
    </Radio.Group>
  );
}
