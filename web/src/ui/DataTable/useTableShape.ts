import {
  columnOrderingFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useMemo } from 'react';
import type { Column, TableRow } from './types';
import { useColumnWidths } from './useColumnWidths';
import type { TableLayout } from './useTableLayout';

const features = tableFeatures({
  columnVisibilityFeature,
  columnOrderingFeature,
  columnSizingFeature,
  columnResizingFeature,
});

const MIN_SIZE = 80;

/** Which columns are shown, in which order and how wide. */
export function useTableShape<Row extends TableRow>(
  columns: Column<Row>[],
  layout: TableLayout,
  rows: Row[],
) {
  const byId = new Map(columns.map((column) => [column.id, column]));
  const shown = layout.order
    .filter((id) => layout.visibility[id])
    .map((id) => byId.get(id))
    .filter((column) => column !== undefined);
  const { ref: measure, widths, hold: holdWidths } = useColumnWidths(shown, layout.sizes);
  const widthsKey = JSON.stringify(widths);
  const definitions = useMemo(() => {
    const wide = JSON.parse(widthsKey) as Record<string, number>;
    return columns.map(({ id, label: header, size }) => ({
      ...{ id, header, minSize: MIN_SIZE },
      size: wide[id] ?? size,
    }));
  }, [columns, widthsKey]);
  const table = useTable({
    features,
    columns: definitions,
    data: rows,
    columnResizeMode: 'onChange',
    state: {
      columnVisibility: layout.visibility,
      columnOrder: layout.order,
      columnSizing: layout.sizes,
    },
    onColumnSizingChange: layout.setSizes,
  });
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  return { byId, shown, headers, measure, holdWidths };
}

export type Headers<Row extends TableRow> = ReturnType<typeof useTableShape<Row>>['headers'];
