import { t } from '@/i18n';
import { fieldsOf, linkedIn, valueOf, type RecordRow } from '@/api/records';
import type { MetaEntity } from '@/api/types';
import { FieldValue } from '@/ui/FieldValue';
import type { ListParts } from '@/ui/screens';

/** What the list of proposals has beyond their declared fields. */
export const proposalList: ListParts = {
  firstColumns: ['number', 'contactId', 'status', 'total', 'validUntil', 'assignedTo'],
  cardFields: ['contactId', 'total', 'validUntil', 'assignedTo'],
  /** For whom it is, and which one. */
  secondary: (row) =>
    [
      linkedIn(row, { linkedAs: 'contact' }, row.contactId)?.title,
      t('sales.proposal.number', { number: row.number }),
    ]
      .filter(Boolean)
      .join(' · '),
  aside: (row, entity) => <RowAside entity={entity} row={row} />,
};

/** The right side of a row on a phone: how much, and how it stands. */
function RowAside({ entity, row }: { entity: MetaEntity; row: RecordRow }) {
  const shown = ['total', 'status'].flatMap(
    (key) => fieldsOf(entity).find((field) => field.key === key) ?? [],
  );
  return shown.map((field) => (
    <FieldValue key={field.key} field={field} value={valueOf(row, field.key)} of={row} />
  ));
}
