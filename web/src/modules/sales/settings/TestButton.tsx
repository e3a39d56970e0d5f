import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { runAction, type RecordRow } from '@/api/records';
import type { MetaEntity } from '@/api/types';
import { num } from '@/lib/format';
import { ActionDialog } from '@/ui/RecordPage/ActionDialog';
import { toast } from '@/ui/toast';

/** What a rule says of a lead that is chosen. */
export function TestButton({ rule, entity }: { rule: RecordRow; entity: MetaEntity }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const action = entity.actions.find(({ name }) => name === 'test');
  if (!action) return null;
  const test = async (values: Record<string, unknown>) => {
    const told = await runAction(entity, rule, action.name, values);
    const said = { rule: String(rule.name), points: num(Number(told.points)) };
    toast.done(t(told.matches === true ? 'sales.settings.tested' : 'sales.settings.notMet', said));
  };
  return (
    <>
      <Button size="xs" variant="subtle" onClick={() => setAsking(true)}>
        {action.label}
      </Button>
      {asking && <ActionDialog action={action} run={test} onClose={() => setAsking(false)} />}
    </>
  );
}
