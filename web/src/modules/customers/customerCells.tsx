import { fieldsOf, type RecordRow } from '@/api/records';
import type { MetaEntity } from '@/api/types';
import { ago } from '@/lib/format';
import { Avatar } from '@/ui/Avatar';
import type { CellOverrides } from '@/ui/EntityTable/useColumns';
import { TitleCell } from '@/ui/EntityTable/useColumns';
import { FieldValue } from '@/ui/FieldValue';
import styles from './Customers.module.css';

/** What the list shows before anybody has chosen columns. */
export const FIRST_COLUMNS = ['company', 'status', 'tags', 'lastContactAt', 'assignedTo'];

export const CARD_FIELDS = ['email', 'phone', 'lastContactAt', 'assignedTo'];

/** People are round, companies square. */
export const customerCells: CellOverrides = {
  name: (row) => (
    <TitleCell
      row={row}
      name={String(row.name ?? '')}
      to={`/clientes/${row.id}`}
      square={row.kind === 'company'}
    />
  ),
  company: ({ company }) =>
    company ? (
      <span className={styles.company}>
        <Avatar name={String(company)} size={18} square />
        <span className={styles.companyName}>{String(company)}</span>
      </span>
    ) : null,
};

/** The right side of a row on a phone: status, and when the last contact was. */
export function RowAside({ entity, row }: { entity: MetaEntity; row: RecordRow }) {
  const status = fieldsOf(entity).find(({ key }) => key === 'status');
  return (
    <>
      {status && <FieldValue field={status} value={row.status} />}
      {typeof row.lastContactAt === 'string' && <span>{ago(row.lastContactAt)}</span>}
    </>
  );
}
