import { useMemo } from 'react';
import { t } from '@/i18n';
import { useMetaEntity } from '@/api/me';
import { fieldsOf, linkedIn, valueOf, type RecordRow } from '@/api/records';
import { isoDay } from '@/lib/format';
import { CountStrip } from '@/ui/EntityTable/CountStrip';
import type { Presets } from '@/ui/EntityTable/listSearch';
import { FieldValue } from '@/ui/FieldValue';
import type { ListHeadProps, ListParts } from '@/ui/screens';
import { Expired, isExpired } from './Expired';

/** Those that wait for an answer which can no longer come. */
function useExpired(): Presets {
  const today = isoDay(new Date());
  return useMemo(
    () => ({
      expired: {
        and: [
          { field: 'status', op: 'is', value: 'sent' },
          { field: 'validUntil', op: 'before', value: today },
        ],
      },
    }),
    [today],
  );
}

/** What the list of proposals has beyond their declared fields. */
export const proposalList: ListParts = {
  firstColumns: ['number', 'contactId', 'status', 'total', 'validUntil', 'assignedTo'],
  cardFields: ['contactId', 'total', 'validUntil', 'assignedTo'],
  cells: {
    status: (row) => <Standing row={row} />,
  },
  /** For whom it is, and which one. */
  secondary: (row) =>
    [
      linkedIn(row, { linkedAs: 'contact' }, row.contactId)?.title,
      t('sales.proposal.number', { number: row.number }),
    ]
      .filter(Boolean)
      .join(' · '),
  usePresets: useExpired,
  Head: Standings,
  // The right side of a row on a phone: how much, and how it stands.
  aside: (row) => (
    <>
      <Field row={row} name="total" />
      <Standing row={row} />
    </>
  ),
};

/** How many are where, and how many are late. */
function Standings(props: ListHeadProps) {
  const presets = useExpired();
  return (
    <CountStrip
      {...props}
      words="sales.proposal.counts"
      presets={presets}
      hues={{ expired: 'amber' }}
    />
  );
}

function Field({ row, name }: { row: RecordRow; name: string }) {
  const entity = useMetaEntity('proposal');
  const field = entity && fieldsOf(entity).find(({ key }) => key === name);
  return field && <FieldValue field={field} value={valueOf(row, name)} of={row} />;
}

/** What became of it; of one that waits for an answer, whether that can still come. */
const Standing = ({ row }: { row: RecordRow }) =>
  isExpired(row) ? <Expired record={row} /> : <Field row={row} name="status" />;
