import { Button } from '@mantine/core';
import { lazy, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/api/me';
import type { RecordRow } from '@/api/records';
import { isIn } from '@/api/state';
import type { MetaAction, MetaEntity } from '@/api/types';
import { covers, type Holder } from '@/lib/permissions';
import { useSmallScreen } from '@/lib/useSmallScreen';
import { toast } from '@/ui/toast';
import styles from './RecordActions.module.css';
import { useAction } from './useAction';

// A form, of which most visits see nothing.
const ActionDialog = lazy(async () => ({ default: (await import('./ActionDialog')).ActionDialog }));

const offeredTo = (user: Holder, { actions, owner }: MetaEntity, record: RecordRow) =>
  actions.filter(({ reach, when }) => isIn(when, record) && covers(user, reach, record, owner));

interface RecordActionsProps {
  entity: MetaEntity;
  record: RecordRow;
}

/** What the entity declares that can be done with this record as it is now, the nearest as primary. */
export function RecordActions({ entity, record }: RecordActionsProps) {
  const { t } = useTranslation();
  const { user } = useMe();
  const small = useSmallScreen();
  const run = useAction(entity, record);
  const [asking, setAsking] = useState<MetaAction>();
  const [busy, setBusy] = useState<string>();
  // Two clicks may come before the first one is drawn.
  const running = useRef(false);
  const offered = offeredTo(user, entity, record);
  const next = offered.find(({ quiet }) => !quiet);
  // In the header the primary button is the last one.
  const shown = small ? offered : offered.toReversed();
  const start = async (action: MetaAction) => {
    if (action.fields.length) return setAsking(action);
    if (running.current) return;
    running.current = true;
    setBusy(action.name);
    try {
      await run(action);
    } catch (error) {
      toast.fail(error);
    } finally {
      running.current = false;
      setBusy(undefined);
    }
  };
  return (
    <>
      {shown.length > 0 && (
        <div role="group" aria-label={t('records.action.label')} className={styles.actions}>
          {shown.map((action) => (
            <Button
              key={action.name}
              variant={action === next ? 'filled' : 'default'}
              loading={busy === action.name}
              disabled={busy !== undefined && busy !== action.name}
              onClick={() => void start(action)}
            >
              {action.label}
            </Button>
          ))}
        </div>
      )}
      {asking && (
        <Suspense>
          <ActionDialog
            action={asking}
            run={(values) => run(asking, values)}
            onClose={() => setAsking(undefined)}
          />
        </Suspense>
      )}
    </>
  );
}
