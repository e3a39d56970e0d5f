import { Button, Popover } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FormSkeleton } from '@/ui/Skeletons';
import type { Column, TableRow } from './types';
import type { TableLayout } from './useTableLayout';

// Drag and drop weighs more than the table: it comes when somebody wants to move a column.
const ColumnList = lazy(() => import('./ColumnList'));

interface ColumnsButtonProps<Row extends TableRow> {
  columns: Column<Row>[];
  layout: TableLayout;
  /** Below the list: where fields are made. */
  footer?: ReactNode;
}

export function ColumnsButton<Row extends TableRow>({
  columns,
  layout,
  footer,
}: ColumnsButtonProps<Row>) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus width={264}>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconColumns3 size={16} stroke={1.8} />}
          onClick={() => setOpened((open) => !open)}
        >
          {t('records.columns.button')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('records.columns.button')} p={8}>
        <Suspense fallback={<FormSkeleton fields={4} />}>
          <ColumnList columns={columns as unknown as Column<TableRow>[]} layout={layout} />
        </Suspense>
        {footer}
      </Popover.Dropdown>
    </Popover>
  );
}
