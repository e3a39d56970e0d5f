import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { isRunning } from '@/api/records';
import type { Import } from '@/api/types';
import { num } from '@/lib/format';
import { workTrouble } from '@/lib/workTrouble';
import { toast } from '@/ui/toast';
import { cancelImport, runImport } from '../queries';
import { Counts } from './Counts';
import { ErrorGroups } from './ErrorGroups';
import { ErrorTable } from './ErrorTable';
import styles from './Import.module.css';
import { ImportProgress } from './ImportProgress';

interface CheckStepProps {
  row: Import;
  onBack: () => void;
  onRun: (id: string) => void;
}

/** What the import would do, row by row, before it does anything. */
export function CheckStep({ row, onBack, onRun }: CheckStepProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const good = row.created + row.updated;
  const run = async () => {
    setBusy(true);
    try {
      const started = await runImport(row.id);
      client.setQueryData(keys.detail('import', started.id), started);
      onRun(started.id);
    } catch (error) {
      toast.fail(error);
      setBusy(false);
    }
  };
  const stop = () =>
    void cancelImport(row.id)
      .then(onBack)
      .catch((error) => toast.fail(error));
  if (isRunning(row.state)) {
    return <ImportProgress row={row} title={t('imports.check.running')} onCancel={stop} />;
  }
  if (row.state !== 'done') {
    return (
      <>
        <p role="alert" className={styles.trouble}>
          {workTrouble(t, row.error) ?? t('imports.check.failed')}
        </p>
        <div className={styles.buttons}>
          <Button variant="default" onClick={onBack}>
            {t('imports.back')}
          </Button>
        </div>
      </>
    );
  }
  return (
    <>
      <h2 className={styles.title}>{t('imports.check.title')}</h2>
      <p className={styles.quiet}>{t('imports.check.text')}</p>
      <Counts row={row} future />
      <div className={styles.buttons}>
        <Button variant="default" onClick={onBack}>
          {t('imports.back')}
        </Button>
        <Button loading={busy} disabled={good === 0} onClick={() => void run()}>
          {t('imports.check.run', { count: good, number: num(good) })}
        </Button>
      </div>
      <ErrorGroups row={row} />
      <ErrorTable row={row} />
    </>
  );
}
