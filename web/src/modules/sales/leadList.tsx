import type { Schema } from '@/api/types';
import type { RecordRow } from '@/api/records';
import { CountStrip } from '@/ui/EntityTable/CountStrip';
import type { ListHeadProps, ListParts } from '@/ui/screens';
import { Score } from './Score';

type Lead = Schema<'Lead'> & RecordRow;

/** What the list of leads has beyond their declared fields. */
export const leadList: ListParts<Lead> = {
  firstColumns: ['score', 'status', 'company', 'source', 'phone', 'email', 'assignedTo'],
  cardFields: ['company', 'source', 'phone', 'assignedTo'],
  cells: { score: (row) => <Score record={row} /> },
  secondary: (row) => [row.company, row.source].filter(Boolean).join(' · '),
  aside: (row) => <Score record={row} />,
  Head: (props: ListHeadProps) => <CountStrip {...props} words="sales.lead.counts" />,
};
