import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetaField } from '@/api/types';
import type { FormValues } from '@/ui/Edit/values';
import { ActionDialog } from '@/ui/RecordPage/ActionDialog';
import type { Opportunity, Stage } from './queries';
import { actionOf } from './standing';

export interface Asked {
  card: Opportunity;
  to: Stage;
  fields: MetaField[];
}

interface MoveDialogProps {
  asked: Asked;
  run: (card: Opportunity, to: Stage, values: FormValues) => Promise<unknown>;
  onClose: () => void;
}

/** What the stage wants to know before a card is put down there. */
export function MoveDialog({ asked, run, onClose }: MoveDialogProps) {
  const { card, to, fields } = asked;
  const { t } = useTranslation();
  const action = useMemo(
    () => actionOf(t('sales.board.moveInto', { stage: to.name }), fields),
    [t, to.name, fields],
  );
  return <ActionDialog action={action} run={(values) => run(card, to, values)} onClose={onClose} />;
}
