import { useMemo, useState } from 'react';
import { useMe } from '@/api/me';
import { read, write } from '@/lib/storage';
import type { Column, TableRow } from './types';

interface Layout {
  order: string[];
  hidden: Record<string, boolean>;
  sizes: Record<string, number>;
}
type Change<T> = T | ((before: T) => T);
const apply = <T>(change: Change<T>, before: T): T =>
  typeof change === 'function' ? (change as (before: T) => T)(before) : change;

const NOTHING: Layout = { order: [], hidden: {}, sizes: {} };

/** Which columns, in which order, how wide: each person's own, kept in this browser. */
export function useTableLayout<Row extends TableRow>(name: string, columns: Column<Row>[]) {
  const { user } = useMe();
  const key = `table.${user.id}.${name}`;
  const [layout, setLayout] = useState<Layout>(() => ({
    ...NOTHING,
    ...read<Layout>(key, NOTHING),
  }));
  const keep = (next: Layout) => {
    setLayout(next);
    write(key, next);
  };
  const order = useMemo(() => {
    const known = layout.order.filter((id) => columns.some((column) => column.id === id));
    // A field that was declared since stands where the declaration puts it: at the end.
    const added = columns.map(({ id }) => id).filter((id) => !known.includes(id));
    return [...known, ...added];
  }, [layout.order, columns]);
  const visibility = useMemo(
    () =>
      Object.fromEntries(
        columns.map(({ id, hiddenAtFirst, title }) => [
          id,
          title || !(layout.hidden[id] ?? hiddenAtFirst ?? false),
        ]),
      ),
    [layout.hidden, columns],
  );
  return {
    order,
    visibility,
    sizes: layout.sizes,
    setOrder: (next: string[]) => keep({ ...layout, order: next }),
    show: (id: string, shown: boolean) =>
      keep({ ...layout, hidden: { ...layout.hidden, [id]: !shown } }),
    setSizes: (change: Change<Record<string, number>>) =>
      keep({ ...layout, sizes: apply(change, layout.sizes) }),
    reset: () => keep(NOTHING),
  };
}

export type TableLayout = ReturnType<typeof useTableLayout>;
