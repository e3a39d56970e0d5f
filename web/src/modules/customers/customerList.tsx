import { useMemo } from 'react';
import { fieldsOf } from '@/api/records';
import type { MetaEntity } from '@/api/types';
import { ago, phone } from '@/lib/format';
import { Avatar } from '@/ui/Avatar';
import type { Presets } from '@/ui/EntityTable/listSearch';
import { TitleCell } from '@/ui/EntityTable/TitleCell';
import { FieldValue } from '@/ui/FieldValue';
import type { ListParts } from '@/ui/screens';
import { customerAt } from './addresses';
import styles from './Customers.module.css';
import { CustomerStats } from './CustomerStats';
import { ListSettings } from './ListSettings';
import type { Customer } from './types';
import { useCustomerStats } from './useCustomerStats';

const USUAL_NEW_DAYS = 30;

/** The strip counts as new who came within the days that the company chose: so does its filter. */
function useNewcomers(): Presets {
  const days = useCustomerStats()?.newDays ?? USUAL_NEW_DAYS;
  return useMemo(() => ({ new: { field: 'createdAt', op: 'last_days', value: days } }), [days]);
}

/** What the list of customers has beyond their declared fields. */
export const customerList: ListParts<Customer> = {
  firstColumns: ['company', 'status', 'tags', 'lastContactAt', 'assignedTo'],
  cardFields: ['email', 'phone', 'lastContactAt', 'assignedTo'],
  cells: {
    name: (row) => (
      <TitleCell
        row={row}
        name={row.name}
        to={customerAt(row.id)}
        face={row.kind === 'company' ? 'square' : 'round'}
      />
    ),
    company: ({ company }) =>
      company && (
        <span className={styles.company}>
          <Avatar name={company} size={18} square />
          <span className={styles.companyName}>{company}</span>
        </span>
      ),
  },
  /** Where somebody works, or else how to reach them. */
  secondary: ({ company, email, phone: number }) =>
    company ?? email ?? (number ? phone(number, true) : ''),
  aside: (row, entity) => <RowAside entity={entity} row={row} />,
  useCount: () => useCustomerStats()?.total,
  usePresets: useNewcomers,
  Head: CustomerStats,
  Settings: ListSettings,
};

/** The right side of a row on a phone: status, and when the last contact was. */
function RowAside({ entity, row }: { entity: MetaEntity; row: Customer }) {
  const status = fieldsOf(entity).find(({ key }) => key === 'status');
  return (
    <>
      {status && <FieldValue field={status} value={row.status} />}
      {row.lastContactAt && <span>{ago(row.lastContactAt)}</span>}
    </>
  );
}
