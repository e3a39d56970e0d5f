import { IconListDetails } from '@tabler/icons-react';
import { Suspense, type ComponentType } from 'react';
import { soon } from '@/lib/soon';
import { within } from './limits';
import type { FieldType } from './type';

// Tables weigh more than the pages that most people open: they travel by themselves.
function late<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  const Late: ComponentType<Props> = soon(load);
  return (props: Props) => (
    <Suspense>
      <Late {...props} />
    </Suspense>
  );
}

/** The parts of a record, which live and change with it: a table of rows. */
export const parts: FieldType = {
  icon: IconListDetails,
  wide: true,
  composed: true,
  textOfAll: (values, { t }) => t('records.parts.count', { count: values.length }),
  Shown: late(async () => (await import('@/ui/Parts/PartsTable')).PartsTable),
  Change: late(async () => (await import('@/ui/Parts/PartChanges')).PartChanges),
  Input: soon(async () => (await import('@/ui/Parts/PartsInput')).PartsInput),
  ops: [],
  check: (value, field) =>
    Array.isArray(value) ? within(field, value.length, ['too_few', 'too_many']) : null,
};
