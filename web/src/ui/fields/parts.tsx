import { IconListDetails } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { soon } from '@/lib/soon';
import type { MetaField } from '@/api/types';
import { fromInput } from '@/ui/Edit/values';
import { within } from './limits';
import type { ChangeProps, FieldType, Problem, ShownProps } from './type';

// Tables weigh more than the pages that most people open: they travel by themselves.
const Table = lazy(async () => ({ default: (await import('@/ui/Parts/PartsTable')).PartsTable }));
const Changes = lazy(async () => ({
  default: (await import('@/ui/Parts/PartChanges')).PartChanges,
}));

function PartsShown(props: ShownProps) {
  return (
    <Suspense>
      <Table {...props} />
    </Suspense>
  );
}

function PartsChange(props: ChangeProps) {
  return (
    <Suspense>
      <Changes {...props} />
    </Suspense>
  );
}

/** Rows in which nothing is written do not count. */
function countCheck(value: unknown, field: MetaField): Problem | null {
  const rows = fromInput(value);
  return Array.isArray(rows) ? within(field, rows.length, ['too_few', 'too_many']) : null;
}

/** The parts of a record, which live and change with it: a table of rows. */
export const parts: FieldType = {
  icon: IconListDetails,
  wide: true,
  composed: true,
  textOfAll: (values, { t }) => t('records.parts.count', { count: values.length }),
  Shown: PartsShown,
  Change: PartsChange,
  Input: soon(async () => (await import('@/ui/Parts/PartsInput')).PartsInput),
  ops: [],
  check: countCheck,
};
