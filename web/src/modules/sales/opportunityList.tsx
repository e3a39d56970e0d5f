import { useMemo } from 'react';
import { isoDay } from '@/lib/format';
import { CountStrip } from '@/ui/EntityTable/CountStrip';
import type { Presets } from '@/ui/EntityTable/listSearch';
import type { ListHeadProps, ListParts } from '@/ui/screens';

const open = { field: 'status', op: 'is', value: 'open' };

/** What somebody should look at: too long in one stage, and with nothing to come next. */
function useForgotten(): Presets {
  const today = isoDay(new Date());
  return useMemo(
    () => ({
      stuck: { and: [open, { field: 'stageDueOn', op: 'before', value: today }] },
      noStep: {
        and: [open, { field: 'nextStepOn', op: 'empty' }, { field: 'nextStep', op: 'empty' }],
      },
    }),
    [today],
  );
}

/** What the list of opportunities has beyond their declared fields. */
export const opportunityList: ListParts = {
  firstColumns: [
    ...['contactId', 'stageId', 'total', 'probability', 'expectedClose'],
    ...['nextStepOn', 'assignedTo', 'status'],
  ],
  cardFields: ['contactId', 'stageId', 'total', 'expectedClose'],
  usePresets: useForgotten,
  Head: Standings,
};

function Standings(props: ListHeadProps) {
  const presets = useForgotten();
  return (
    <CountStrip
      {...props}
      words="sales.opportunity.counts"
      presets={presets}
      hues={{ stuck: 'amber', noStep: 'orange' }}
    />
  );
}
