import { Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { useMetaEntity } from '@/api/me';
import { isRunning } from '@/api/records';
import type { Import } from '@/api/types';
import { listOf } from '@/lib/addresses';
import { date, isFuture, num } from '@/lib/format';
import { workTrouble } from '@/lib/workTrouble';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { namesOf } from '@/ui/EntityPage/words';
import { StatusTag } from '@/ui/StatusTag';
import { toast } from '@/ui/toast';
import { cancelImport, resumeImport, undoImport } from './queries';
import { Counts } from './Counts';
import { ErrorGroups } from './ErrorGroups';
import { ErrorTable } from './ErrorTable';
import styles from './Import.module.css';
import { ImportProgress } from './ImportProgress';
import { KeptList } from './KeptList';

interface ReportStepProps {
  row: Import;
  onAgain: () => void;
}

/** How far it is, what came of it, and for thirty days a way back. */
export function ReportStep({ row, onAgain }: ReportStepProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const entity = useMetaEntity(row.entity);
  const [asking, setAsking] = useState(false);
  const take = (next: Import) => client.setQueryData(keys.detail('import', row.id), next);
  const undo = async () => {
    take(await undoImport(row.id));
  };
  const undoRest = async () => {
    take(await undoImport(row.id, 'changed'));
  };
  const resume = () =>
    void resumeImport(row.id)
      .then(take)
      .catch((error) => toast.fail(error));
  const stop = () =>
    void cancelImport(row.id)
      .then(take)
      .catch((error) => toast.fail(error));
  if (isRunning(row.state)) {
    const undoing = row.state === 'undoing';
    return (
      <ImportProgress
        row={row}
        title={t(undoing ? 'imports.report.undoing' : 'imports.report.running')}
        onCancel={undoing ? undefined : stop}
      />
    );
  }
  const partly = row.state === 'undone' && row.kept > 0;
  const undoable =
    ['done', 'failed', 'cancelled'].includes(row.state) && isFuture(row.undoableUntil);
  return (
    <>
      <Outcome row={row} partly={partly} undoable={undoable} />
      <Counts row={row} />
      <div className={styles.buttons}>
        {row.resumable && <Button onClick={resume}>{t('ui.resume')}</Button>}
        {undoable && (
          <Button
            variant="default"
            leftSection={<IconArrowBackUp size={15} stroke={1.8} />}
            onClick={() => setAsking(true)}
          >
            {t('ui.undo')}
          </Button>
        )}
        <Button variant="default" onClick={onAgain}>
          {t('imports.again')}
        </Button>
        <Button renderRoot={(props: object) => <Link to={listOf(row.entity)} {...props} />}>
          {t('imports.report.see', namesOf(entity))}
        </Button>
      </div>
      {partly && <KeptList row={row} onAlso={undoRest} />}
      <ErrorGroups row={row} />
      <ErrorTable row={row} />
      <ConfirmDialog
        opened={asking}
        title={t('imports.report.undoTitle')}
        text={t('imports.report.undoText', {
          created: num(row.created),
          updated: num(row.updated),
        })}
        action={t('ui.undo')}
        onConfirm={undo}
        onClose={() => setAsking(false)}
      />
    </>
  );
}

interface OutcomeProps {
  row: Import;
  /** An undo left some as they are. */
  partly: boolean;
  undoable: boolean;
}

function Outcome({ row, partly, undoable }: OutcomeProps) {
  const { t } = useTranslation();
  return (
    <>
      <div className={styles.reportHead}>
        <div role="status">
          <h2 className={styles.title}>
            {partly
              ? t('imports.report.partly', {
                  undone: num(row.undone),
                  total: num(row.undone + row.kept),
                })
              : t(`imports.report.${row.state}`, { fileName: row.fileName })}
          </h2>
        </div>
        <StatusTag value={row.state} label={t(`imports.state.${row.state}`)} />
      </div>
      {row.error && (
        <p role="alert" className={styles.trouble}>
          {workTrouble(t, row.error)}
        </p>
      )}
      <p className={styles.quiet}>
        {t('imports.report.rows', { count: row.processed, number: num(row.processed) })}
        {row.rowsPerSecond
          ? ` · ${t('imports.speed', { number: num(Math.round(row.rowsPerSecond)) })}`
          : ''}
        {undoable && ` · ${t('imports.report.undoUntil', { date: date(row.undoableUntil) })}`}
      </p>
    </>
  );
}
