import { Checkbox, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconBtn } from '@/ui/IconBtn';
import type { After } from '@/ui/RecordForm/InlineEditor';
import styles from './DataTable.module.css';
import type { Column, TableRow } from './types';
import type { Cell } from './useGrid';

export interface RowHandlers<Row> {
  toggle: (id: string, range: boolean) => void;
  save: (row: Row, column: string, value: unknown, after: After) => void;
  cancel: (cell: Cell) => void;
  openMenu: (id: string | null) => void;
}

interface BodyRowProps<Row extends TableRow> {
  row: Row;
  name: string;
  columns: Column<Row>[];
  selected: boolean;
  /** The column of the cell that Tab reaches. */
  active: string | null;
  editing: string | null;
  touched: number | undefined;
  gone: boolean;
  menuOpen: boolean;
  menu?: (row: Row) => ReactNode;
  handlers: RowHandlers<Row>;
}

function BodyRowPlain<Row extends TableRow>(props: BodyRowProps<Row>) {
  const { row, name, columns, selected, active, editing, touched, gone, menuOpen, menu } = props;
  const { toggle, save, cancel, openMenu } = props.handlers;
  const { t } = useTranslation();
  const { id } = row;
  const place = (column: string) => ({
    'data-cell': `${id}:${column}`,
    // While it is edited, the input is the target, not the cell around it.
    tabIndex: editing === column ? undefined : active === column ? 0 : -1,
  });
  return (
    <tr
      className={styles.row}
      aria-selected={selected}
      data-active={active !== null || undefined}
      data-gone={gone || undefined}
      // Two names for one animation: a second change within it starts it again.
      data-flash={touched === undefined ? undefined : touched % 2 === 0 ? 'even' : 'odd'}
    >
      <td className={styles.select} {...place('select')}>
        <Checkbox
          size="xs"
          radius="xs"
          tabIndex={-1}
          aria-label={t('records.select', { name })}
          checked={selected}
          onChange={() => undefined}
          onClick={(event) => toggle(id, event.shiftKey)}
        />
      </td>
      {columns.map((column) => (
        <td
          key={column.id}
          className={styles.cell}
          data-align={column.align}
          data-title={column.title || undefined}
          data-editing={editing === column.id || undefined}
          {...place(column.id)}
        >
          {editing === column.id
            ? column.editor?.(row, {
                save: (value, after) => save(row, column.id, value, after),
                cancel: () => cancel({ row: id, column: column.id }),
              })
            : column.cell(row)}
        </td>
      ))}
      <td className={styles.filler} aria-hidden />
      <td className={styles.menu} {...place('menu')}>
        {menu && (
          <RowMenu inGrid open={menuOpen} onOpen={(open) => openMenu(open ? id : null)} name={name}>
            {() => menu(row)}
          </RowMenu>
        )}
      </td>
    </tr>
  );
}

export const BodyRow = memo(BodyRowPlain) as typeof BodyRowPlain;

interface RowMenuProps {
  open: boolean;
  name: string;
  /** The cell around it is the stop of the keyboard; a list of fifty would have fifty. */
  inGrid?: boolean;
  onOpen: (open: boolean) => void;
  children: () => ReactNode;
}

/** The menu is only built where it is open: a page has a hundred of them. */
export function RowMenu({ open, name, inGrid, onOpen, children }: RowMenuProps) {
  const { t } = useTranslation();
  const button = (
    <IconBtn
      label={t('records.actionsOf', { name })}
      tooltip={false}
      className={styles.menuButton}
      aria-haspopup="menu"
      tabIndex={inGrid ? -1 : undefined}
      onClick={() => onOpen(true)}
    >
      <IconDots size={17} stroke={1.7} />
    </IconBtn>
  );
  if (!open) return button;
  return (
    <Menu opened returnFocus={!inGrid} onChange={(opened) => !opened && onOpen(false)}>
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown>{children()}</Menu.Dropdown>
    </Menu>
  );
}
