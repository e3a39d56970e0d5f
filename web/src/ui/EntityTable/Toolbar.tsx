import { Button, Menu } from '@mantine/core';
import { IconDots, IconTrash, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '@/api/me';
import type { RecordRow } from '@/api/records';
import { useSmallScreen } from '@/lib/useSmallScreen';
import { ColumnsButton } from '@/ui/DataTable/ColumnsButton';
import type { Column } from '@/ui/DataTable/types';
import type { TableLayout } from '@/ui/DataTable/useTableLayout';
import { IconBtn } from '@/ui/IconBtn';
import { useListWish } from '@/ui/Export/useListWish';
import styles from './EntityTable.module.css';
import { ListExport, PrintItem, useMayExport } from './ListExport';
import { useListFilters, type ListFiltersProps } from './useListFilters';
import { ViewSwitch } from './ViewSwitch';

interface ToolbarProps extends ListFiltersProps {
  columns: Column<RecordRow>[];
  layout: TableLayout;
  columnsFooter?: ReactNode;
  /** "1.234 clientes": what an export would hold. */
  what: string;
  /** It can be looked at as a board, too. */
  hasBoard?: boolean;
}

/** Search, filters, columns and view of a list. */
export function Toolbar(props: ToolbarProps) {
  const { entity, search, presets, onSearch, columns, layout, hasBoard } = props;
  const { t } = useTranslation();
  const small = useSmallScreen();
  const bin = search.bin === true;
  const { box, button, beside, below } = useListFilters(props);
  const shown = layout.order.filter((id) => layout.visibility[id]);
  const wish = useListWish(entity, search, presets);
  const exported = { entity, shown, what: props.what, of: wish };
  const mayExport = useMayExport(entity) && !bin;
  return (
    <div className={styles.toolbar}>
      {box}
      {button}
      {beside}
      {bin && (
        <Button
          variant="default"
          leftSection={<IconX size={14} stroke={2} />}
          onClick={() => onSearch({ bin: undefined, page: undefined })}
        >
          {t('records.bin.leave')}
        </Button>
      )}
      {!small && search.view !== 'cards' && (
        <ColumnsButton columns={columns} layout={layout} footer={props.columnsFooter} />
      )}
      <ViewSwitch view={search.view ?? 'list'} {...{ hasBoard, onSearch }} />
      {mayExport && <ListExport {...exported} />}
      {!bin && (
        <ListMenu
          entity={entity}
          onSearch={onSearch}
          print={mayExport && <PrintItem {...exported} />}
        />
      )}
      {below}
    </div>
  );
}

type ListMenuProps = Pick<ToolbarProps, 'entity' | 'onSearch'> & { print: ReactNode };

/** What is seldom wanted of a list: paper, and its bin. */
function ListMenu({ entity, onSearch, print }: ListMenuProps) {
  const { t } = useTranslation();
  const may = useCan();
  const hasBin = entity.softDelete && may(entity.name, 'delete');
  if (!hasBin && !print) return null;
  return (
    <Menu>
      <Menu.Target>
        <IconBtn label={t('records.moreOfList')}>
          <IconDots size={17} stroke={1.7} />
        </IconBtn>
      </Menu.Target>
      <Menu.Dropdown>
        {print}
        {hasBin && (
          <Menu.Item
            leftSection={<IconTrash size={15} stroke={1.7} />}
            onClick={() => onSearch({ bin: true, status: undefined, page: undefined })}
          >
            {t('records.bin.open')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
