import { Menu } from '@mantine/core';
import {
  IconArrowUp,
  IconPencil,
  IconRestore,
  IconTrash,
  IconExternalLink,
} from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { useCan } from '@/api/me';
import { fieldsOf, recordList, type RecordRow } from '@/api/records';
import type { MetaEntity, Pagination } from '@/api/types';
import type { Owned } from '@/lib/permissions';
import { rememberList } from '@/lib/lastList';
import { setWalk } from '@/lib/walk';
import { useSignal } from '@/lib/signal';
import { useSmallScreen } from '@/lib/useSmallScreen';
import { DataTable } from '@/ui/DataTable/DataTable';
import { Pager } from '@/ui/DataTable/Pager';
import { TableSkeleton } from '@/ui/DataTable/TableSkeleton';
import { useSelection } from '@/ui/DataTable/useSelection';
import { useTableLayout } from '@/ui/DataTable/useTableLayout';
import { ErrorState } from '@/ui/ErrorState';
import { Cards } from './Cards';
import styles from './EntityTable.module.css';
import {
  DEFAULT_LIMIT,
  isNarrowed,
  listQuery,
  scopeOf,
  wholeFilter,
  withoutDrawer,
  type ListSearch,
  type Presets,
} from './listSearch';
import { MobileRows } from './MobileRows';
import { NothingFound } from './NothingFound';
import { isInBin } from './RecordLink';
import { SelectionBar } from './SelectionBar';
import { Toolbar } from './Toolbar';
import { useColumns, type CellOverrides, type Edited } from './useColumns';
import { useTouched } from './useTouched';
import { ownActs, useRecordActions } from './useRecordActions';

export interface EntityTableProps {
  entity: MetaEntity;
  search: ListSearch;
  /** Writes into the address; `replace` while typing. */
  onSearch: (change: Partial<ListSearch>, replace?: boolean) => void;
  hrefOf: (row: RecordRow) => string;
  placeholder: string;
  /** "os clientes", for the sentence of an error. */
  subject: string;
  /** Shown when there has never been a record. */
  empty: ReactNode;
  presets?: Presets;
  overrides?: CellOverrides;
  firstColumns?: string[];
  /** Second line and right side of a row on a phone; the lines of a card. */
  secondary?: (row: RecordRow) => ReactNode;
  aside?: (row: RecordRow) => ReactNode;
  cardFields?: string[];
  columnsFooter?: ReactNode;
}

const NO_ROWS: RecordRow[] = [];

/** The list of any entity: found, filtered, sorted, changed in place and in bulk, live. */
export function EntityTable(props: EntityTableProps) {
  const { entity, search, onSearch, hrefOf, presets, overrides, firstColumns, subject } = props;
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useCan();
  const small = useSmallScreen();
  const client = useQueryClient();
  const acts = useSignal(ownActs);
  const [waiting, setWaiting] = useState(0);
  const query = listQuery(entity, search, presets);
  const list = useQuery(recordList(entity, query));
  const rows = list.data?.data ?? NO_ROWS;
  const bin = search.bin === true;
  const columns = useColumns({ entity, hrefOf, overrides, first: firstColumns, readOnly: bin });
  const layout = useTableLayout(entity.name, columns);
  const selection = useSelection(
    rows.map(({ id }) => id),
    scopeOf(search),
  );
  const { save, remove, restore } = useRecordActions(entity);
  const touched = useTouched(entity.name);
  const arrived = useArrived(entity.name, JSON.stringify(query));
  const { page = 1, limit = DEFAULT_LIMIT } = search;
  const nameOf = (row: RecordRow) => String(row[entity.titleField] ?? row.id);

  // J and K on a record's page go through what this list shows.
  useEffect(() => {
    if (list.data)
      setWalk(
        entity.name,
        list.data.data.map(({ id }) => id),
        query,
        list.data.pagination.totalPages,
      );
  });
  useEffect(() => rememberList(entity.name, withoutDrawer(search)), [entity.name, search]);
  useKnownPage(
    list.isPlaceholderData ? undefined : list.data?.pagination,
    rows.length,
    page,
    (last) => onSearch({ page: last }, true),
  );
  const open = (row: RecordRow) => {
    if (!isInBin(row)) void navigate({ to: hrefOf(row) });
  };
  const edit = (row: RecordRow) => onSearch({ editar: row.id });
  const menu = (row: RecordRow) => (
    <>
      {!bin && (
        <Menu.Item
          leftSection={<IconExternalLink size={15} stroke={1.7} />}
          onClick={() => open(row)}
        >
          {t('records.open')}
        </Menu.Item>
      )}
      {!bin && may(entity.name, 'update', row as Owned) && (
        <Menu.Item leftSection={<IconPencil size={15} stroke={1.7} />} onClick={() => edit(row)}>
          {t('ui.edit')}
        </Menu.Item>
      )}
      {may(entity.name, 'delete', row as Owned) &&
        (bin ? (
          <Menu.Item
            leftSection={<IconRestore size={15} stroke={1.7} />}
            onClick={() => void restore(row)}
          >
            {t('records.restore')}
          </Menu.Item>
        ) : (
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={15} stroke={1.7} />}
            onClick={() => void remove(row)}
          >
            {t('ui.delete')}
          </Menu.Item>
        ))}
    </>
  );
  const showArrived = () => {
    client.setQueryData(keys.arrived(entity.name), []);
    void client.invalidateQueries({ queryKey: keys.lists(entity.name) });
    if (page > 1) onSearch({ page: undefined });
  };
  const shared = {
    rows,
    nameOf,
    hrefOf,
    selection,
    menu,
    secondary: props.secondary,
    aside: props.aside,
  };
  const content = () => {
    if (list.isPending) return <TableSkeleton label={t('ui.loading')} />;
    if (list.isError && !list.data) {
      return (
        <ErrorState error={list.error} subject={subject} onRetry={() => void list.refetch()} />
      );
    }
    if (rows.length === 0) {
      return (
        <NothingFound
          entity={entity}
          narrowed={isNarrowed(search) || page > 1}
          bin={bin}
          empty={props.empty}
          onClear={() =>
            onSearch({ q: undefined, status: undefined, filter: undefined, page: undefined })
          }
        />
      );
    }
    if (search.view === 'cards')
      return (
        <Cards
          {...shared}
          entity={entity}
          label={entity.labelPlural}
          cardFields={props.cardFields}
        />
      );
    if (small) return <MobileRows {...shared} label={entity.labelPlural} />;
    return (
      <DataTable
        {...shared}
        label={entity.labelPlural}
        columns={columns}
        layout={layout}
        sort={search.sort}
        onSort={(sort) => onSearch({ sort, page: undefined })}
        touched={touched}
        // Rows of the question before are no rows to hold on to: the answer changes the scope.
        scope={[scopeOf(search), page, limit, search.sort, acts, list.isPlaceholderData].join('|')}
        stale={list.isPlaceholderData}
        onOpen={open}
        onEdit={bin ? undefined : edit}
        onSave={(_, column, edited) => {
          const { value, seen } = edited as Edited;
          void save(seen, column, value);
        }}
        onWaiting={setWaiting}
      />
    );
  };
  const chosen = selection.ids.size > 0 || selection.everything;
  return (
    <section className={styles.section} aria-label={entity.labelPlural}>
      <Toolbar
        entity={entity}
        fields={fieldsOf(entity)}
        search={search}
        presets={presets}
        onSearch={onSearch}
        placeholder={props.placeholder}
        columns={columns}
        layout={layout}
        columnsFooter={props.columnsFooter}
      />
      <div className={styles.content} data-chosen={chosen || undefined}>
        {arrived + waiting > 0 && !bin && (
          <button type="button" className={styles.pill} onClick={showArrived}>
            {t('records.arrived', { count: Math.max(arrived, waiting) })}
            <IconArrowUp size={14} stroke={2} aria-hidden />
          </button>
        )}
        {content()}
        {chosen && (
          <SelectionBar
            entity={entity}
            selection={selection}
            total={list.data?.pagination.total ?? 0}
            open={list.data?.pagination.totalRelation === 'gte'}
            bin={bin}
            filter={wholeFilter(entity, search, presets)}
            search={search.q}
          />
        )}
      </div>
      {list.data && rows.length > 0 && (
        <Pager
          pagination={list.data.pagination}
          page={page}
          limit={limit}
          rows={rows.length}
          onPage={(next) => onSearch({ page: next })}
          onLimit={(next) => onSearch({ limit: next, page: undefined })}
        />
      )}
    </section>
  );
}

/** A page behind the last one, in an old link or after a deletion, leads to the last one. */
function useKnownPage(
  pagination: Pagination | undefined,
  rows: number,
  page: number,
  go: (last: number | undefined) => void,
): void {
  const last = pagination?.totalPages ?? 1;
  const beyond = pagination !== undefined && rows === 0 && page > last;
  useEffect(() => {
    if (beyond) go(last > 1 ? last : undefined);
  });
}

/** How many records others added since this question was asked. */
function useArrived(entity: string, question: string): number {
  const client = useQueryClient();
  const { data } = useQuery<string[]>({
    queryKey: keys.arrived(entity),
    queryFn: () => [],
    enabled: false,
  });
  useEffect(() => {
    // Another question gets its own answer, with everybody in it.
    client.setQueryData(keys.arrived(entity), []);
  }, [client, entity, question]);
  return data?.length ?? 0;
}
