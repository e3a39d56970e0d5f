import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { useMetaEntity } from '@/api/me';
import { fieldsOf } from '@/api/records';
import type { Import } from '@/api/types';
import { num } from '@/lib/format';
import { namesOf } from '@/ui/EntityPage/words';
import { toast } from '@/ui/toast';
import { runImport } from './queries';
import { Corrections } from './Corrections';
import { Counts } from './Counts';
import { ErrorGroups } from './ErrorGroups';
import { ErrorTable } from './ErrorTable';
import styles from './Import.module.css';
import { SummaryLines } from './SummaryLines';
import type { Mending } from './useTrial';

interface CheckResultProps {
  /** The last check that ended. */
  row: Import;
  /** It is asked again, with what was corrected since. */
  checking: boolean;
  mending?: Mending;
  onBack: () => void;
  onRun: (id: string) => void;
}

export function CheckResult({ row, checking, mending, onBack, onRun }: CheckResultProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const entity = useMetaEntity(row.entity);
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
  return (
    <>
      <h2 className={styles.title}>{t('imports.check.title')}</h2>
      <p className={styles.quiet} role="status">
        {t(checking ? 'imports.check.again' : 'imports.check.text')}
      </p>
      <Counts row={row} future />
      <div className={styles.buttons}>
        <Button variant="default" disabled={checking} onClick={onBack}>
          {t('imports.back')}
        </Button>
        <Button loading={busy} disabled={good === 0 || checking} onClick={() => void run()}>
          {t('imports.check.run', { count: good, number: num(good), ...namesOf(entity) })}
        </Button>
      </div>
      {mending && <SummaryLines row={row} mending={mending} />}
      {mending && entity && <Corrections fields={fieldsOf(entity)} mending={mending} />}
      <ErrorGroups row={row} mending={mending} />
      <ErrorTable row={row} mending={mending} />
    </>
  );
}
