import { Button, Menu, SegmentedControl } from '@mantine/core';
import { IconDots, IconLayoutGrid, IconList, IconTrash, IconX } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '@/api/me';
import { recordList, type RecordRow } from '@/api/records';
import type { MetaEntity, MetaField } from '@/api/types';
import { useSmallScreen } from '@/lib/useSmallScreen';
import { ColumnsButton } from '@/ui/DataTable/ColumnsButton';
import type { Column } from '@/ui/DataTable/types';
import type { TableLayout } from '@/ui/DataTable/useTableLayout';
import type { Counting } from '@/ui/FilterBar/ApplyButton';
import { groupOf, type FilterNode } from '@/ui/FilterBar/filter';
import { FilterBar } from '@/ui/FilterBar/FilterBar';
import { FiltersButton } from '@/ui/FilterBar/FiltersButton';
import { IconBtn } from '@/ui/IconBtn';
import { useListWish } from '@/ui/Export/useListWish';
import styles from './EntityTable.module.css';
import { ListExport, PrintItem, useMayExport } from './ListExport';
import { listQuery, type ListSearch, type Presets } from './listSearch';
import { SearchBox } from './SearchBox';

interface ToolbarProps {
  entity: MetaEntity;
  fields: MetaField[];
  search: ListSearch;
  presets?: Presets;
  onSearch: (change: Partial<ListSearch>, replace?: boolean) => void;
  placeholder: string;
  columns: Column<RecordRow>[];
  layout: TableLayout;
  columnsFooter?: ReactNode;
  /** "1.234 clientes": what an export would hold. */
  what: string;
}

// So many chips stand beside the search; more of them have a line of their own.
const IN_LINE = 2;

/** Search, filters, columns and view of a list. */
export function Toolbar(props: ToolbarProps) {
  const { entity, fields, search, presets, onSearch, placeholder, columns, layout } = props;
  const { t } = useTranslation();
  const small = useSmallScreen();
  const [editing, setEditing] = useState(false);
  const bin = search.bin === true;
  const counting: Counting = (filter) =>
    recordList(entity, {
      ...listQuery(entity, { ...search, filter, page: undefined }, presets),
      limit: 1,
    });
  const setFilter = (filter: FilterNode | undefined) => onSearch({ filter, page: undefined });
  const filters = { fields, value: search.filter, counting, onChange: setFilter };
  const chips = groupOf(search.filter).items.length;
  const below = small || chips > IN_LINE;
  const shown = layout.order.filter((id) => layout.visibility[id]);
  const wish = useListWish(entity, search, presets);
  const exported = { entity, shown, what: props.what, of: wish };
  const mayExport = useMayExport(entity) && !bin;
  const bar = (!small || chips > 0) && (
    <div className={below ? styles.below : styles.inLine}>
      <FilterBar {...filters} inLine={!below} onAdvanced={() => setEditing(true)} />
    </div>
  );
  return (
    <div className={styles.toolbar}>
      <SearchBox
        key={entity.name}
        value={search.q ?? ''}
        placeholder={placeholder}
        onChange={(q) => onSearch({ q: q || undefined, page: undefined }, true)}
      />
      <FiltersButton {...filters} opened={editing} onOpen={setEditing} />
      {below ? <span className={styles.gap} /> : bar}
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
      <ViewSwitch view={search.view} onView={(view) => onSearch({ view })} />
      {mayExport && <ListExport {...exported} />}
      {!bin && (
        <ListMenu
          entity={entity}
          onSearch={onSearch}
          print={mayExport && <PrintItem {...exported} />}
        />
      )}
      {below && bar}
    </div>
  );
}

interface ViewSwitchProps {
  view: ListSearch['view'];
  onView: (view: ListSearch['view']) => void;
}

function ViewSwitch({ view, onView }: ViewSwitchProps) {
  const { t } = useTranslation();
  return (
    <SegmentedControl
      size="xs"
      className={styles.views}
      aria-label={t('records.view.label')}
      value={view ?? 'list'}
      onChange={(next) => onView(next === 'cards' ? 'cards' : undefined)}
      data={[
        { value: 'list', label: <ViewIcon icon={IconList} text={t('records.view.list')} /> },
        {
          value: 'cards',
          label: <ViewIcon icon={IconLayoutGrid} text={t('records.view.cards')} />,
        },
      ]}
    />
  );
}

function ViewIcon({ icon: Icon, text }: { icon: typeof IconList; text: string }) {
  return (
    <span className={styles.viewIcon}>
      <Icon size={15} stroke={1.8} aria-hidden />
      <span className="srOnly">{text}</span>
    </span>
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
