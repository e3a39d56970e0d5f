import { Button, Menu, Popover, SegmentedControl, TextInput } from '@mantine/core';
import {
  IconDots,
  IconFilter,
  IconLayoutGrid,
  IconList,
  IconSearch,
  IconTrash,
  IconX,
} from '@tabler/icons-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '@/api/me';
import type { RecordRow } from '@/api/records';
import type { MetaEntity, MetaField } from '@/api/types';
import { useSmallScreen } from '@/lib/useSmallScreen';
import { ColumnsButton } from '@/ui/DataTable/ColumnsButton';
import type { Column } from '@/ui/DataTable/types';
import type { TableLayout } from '@/ui/DataTable/useTableLayout';
import { leavesOf } from '@/ui/FilterBar/filter';
import { FilterBar } from '@/ui/FilterBar/FilterBar';
import { FilterEditor } from '@/ui/FilterBar/FilterEditor';
import { IconBtn } from '@/ui/IconBtn';
import styles from './EntityTable.module.css';
import type { ListSearch } from './listSearch';

interface ToolbarProps {
  entity: MetaEntity;
  fields: MetaField[];
  search: ListSearch;
  onSearch: (change: Partial<ListSearch>, replace?: boolean) => void;
  placeholder: string;
  columns: Column<RecordRow>[];
  layout: TableLayout;
  columnsFooter?: ReactNode;
}

/** Search, filters, columns and view of a list. */
export function Toolbar(props: ToolbarProps) {
  const { entity, fields, search, onSearch, placeholder, columns, layout, columnsFooter } = props;
  const { t } = useTranslation();
  const may = useCan();
  const small = useSmallScreen();
  const [editing, setEditing] = useState(false);
  const conditions = leavesOf(search.filter).length;
  const bin = search.bin === true;
  return (
    <div className={styles.toolbar}>
      <SearchBox
        key={entity.name}
        value={search.q ?? ''}
        placeholder={placeholder}
        onChange={(q) => onSearch({ q: q || undefined, page: undefined }, true)}
      />
      <Popover
        opened={editing}
        onChange={setEditing}
        position="bottom-start"
        closeOnClickOutside={false}
        trapFocus
      >
        <Popover.Target>
          <Button
            variant="default"
            leftSection={<IconFilter size={15} stroke={1.8} />}
            aria-label={small ? t('records.filter.button') : undefined}
            className={styles.filters}
            onClick={() => setEditing((open) => !open)}
          >
            {!small && t('records.filter.button')}
            {conditions > 0 && <span className={styles.badge}>{conditions}</span>}
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label={t('records.filter.advanced')}>
          {editing && (
            <FilterEditor
              fields={fields}
              value={search.filter}
              onApply={(filter) => {
                onSearch({ filter, page: undefined });
                setEditing(false);
              }}
            />
          )}
        </Popover.Dropdown>
      </Popover>
      {(!small || conditions > 0) && (
        <FilterBar
          fields={fields}
          value={search.filter}
          onChange={(filter) => onSearch({ filter, page: undefined })}
          onAdvanced={() => setEditing(true)}
        />
      )}
      <span className={styles.gap} />
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
        <ColumnsButton columns={columns} layout={layout} footer={columnsFooter} />
      )}
      <SegmentedControl
        size="xs"
        className={styles.views}
        aria-label={t('records.view.label')}
        value={search.view ?? 'list'}
        onChange={(view) => onSearch({ view: view === 'cards' ? 'cards' : undefined })}
        data={[
          { value: 'list', label: <ViewIcon icon={IconList} text={t('records.view.list')} /> },
          {
            value: 'cards',
            label: <ViewIcon icon={IconLayoutGrid} text={t('records.view.cards')} />,
          },
        ]}
      />
      {entity.softDelete && may(entity.name, 'delete') && !bin && (
        <Menu>
          <Menu.Target>
            <IconBtn label={t('records.moreOfList')}>
              <IconDots size={17} stroke={1.7} />
            </IconBtn>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconTrash size={15} stroke={1.7} />}
              onClick={() => onSearch({ bin: true, status: undefined, page: undefined })}
            >
              {t('records.bin.open')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
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

const PAUSE_MS = 250;

interface SearchBoxProps {
  value: string;
  placeholder: string;
  onChange: (text: string) => void;
}

function SearchBox({ value, placeholder, onChange }: SearchBoxProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(value);
  const [sent, setSent] = useState(value);
  const timer = useRef(0);
  // "Limpar filtros" and the back button change the address; letters being typed win over both.
  if (value !== sent) {
    setSent(value);
    setTyped(value);
  }
  useEffect(() => () => window.clearTimeout(timer.current), []);
  const change = (text: string, pause: number) => {
    setTyped(text);
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => {
      setSent(text.trim());
      onChange(text.trim());
    }, pause);
  };
  return (
    <TextInput
      type="search"
      className={styles.search}
      aria-label={placeholder}
      placeholder={placeholder}
      leftSection={<IconSearch size={15} stroke={1.8} />}
      rightSection={
        typed && (
          <IconBtn
            label={t('ui.clear')}
            tooltip={false}
            className={styles.clear}
            onClick={() => change('', 0)}
          >
            <IconX size={14} stroke={2} />
          </IconBtn>
        )
      }
      value={typed}
      onChange={(event) => change(event.currentTarget.value, PAUSE_MS)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') change(typed, 0);
      }}
    />
  );
}
