import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isRunning } from '@/api/records';
import type { Import } from '@/api/types';
import { workTrouble } from '@/lib/workTrouble';
import { toast } from '@/ui/toast';
import { cancelImport } from './queries';
import { CheckResult } from './CheckResult';
import styles from './Import.module.css';
import type { ImportDraft } from './importDraft';
import { ImportProgress } from './ImportProgress';
import { useTrial } from './useTrial';

interface CheckStepProps {
  row: Import;
  /** To the columns, as far as the file can be looked at again. */
  onBack: (draft: ImportDraft | null) => void;
  onRun: (id: string) => void;
}

/** What the import would do, row by row, before it does anything. */
export function CheckStep({ row, onBack, onRun }: CheckStepProps) {
  const { t } = useTranslation();
  const { settled, checking, mending } = useTrial(row);
  const back = () => onBack(mending?.draft ?? null);
  const stop = () =>
    void cancelImport(row.id)
      .then(back)
      .catch((error) => toast.fail(error));
  if (row.state !== 'done' && !isRunning(row.state)) {
    return (
      <>
        <p role="alert" className={styles.trouble}>
          {workTrouble(t, row.error) ?? t('imports.check.failed')}
        </p>
        <div className={styles.buttons}>
          <Button variant="default" onClick={back}>
            {t('imports.back')}
          </Button>
        </div>
      </>
    );
  }
  if (!settled) {
    return <ImportProgress row={row} title={t('imports.check.running')} onCancel={stop} />;
  }
  return (
    <CheckResult row={settled} checking={checking} mending={mending} onBack={back} onRun={onRun} />
  );
}
