import { IconArrowUp, type Icon } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldsOf, type RecordRow } from '@/api/records';
import type { MetaEntity } from '@/api/types';
import { useSignal } from '@/lib/signal';
import { useSmallScreen } from '@/lib/useSmallScreen';
import { DataTable } from '@/ui/DataTable/DataTable';
import { Pager } from '@/ui/DataTable/Pager';
import { TableSkeleton } from '@/ui/DataTable/TableSkeleton';
import type { Column } from '@/ui/DataTable/types';
import { useTableLayout, type TableLayout } from '@/ui/DataTable/useTableLayout';
import { ErrorState } from '@/ui/ErrorState';
import { Cards } from './Cards';
import styles from './EntityTable.module.css';
import { isNarrowed, scopeOf, wholeFilter, type ListSearch, type Presets } from './listSearch';
import { MobileRows } from './MobileRows';
import { NothingFound } from './NothingFound';
import { isInBin } from './RecordLink';
import { RowMenuItems } from './RowMenuItems';
import { SelectionBar } from './SelectionBar';
import { Toolbar } from './Toolbar';
import { useColumns, type CellOverrides, type Edited } from './useColumns';
import { useEntityList } from './useEntityList';
import { useHowMany } from './useHowMany';
import { ownActs, useRecordActions } from './useRecordActions';
import { useTouched } from './useTouched';

export interface EntityTableProps {
  entity: MetaEntity;
  /** By what its records are shown; without it, by their faces. */
  icon?: Icon;
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
  /** It can be looked at as a board, too. */
  hasBoard?: boolean;
}

/** The list of any entity: found, filtered, sorted, changed in place and in bulk, live. */
export function EntityTable(props: EntityTableProps) {
  const { entity, search, onSearch, hrefOf, presets, overrides, firstColumns } = props;
  const { t } = useTranslation();
  const bin = search.bin === true;
  const state = useEntityList(props);
  const { list, rows, page, limit, selection, news } = state;
  const faces = !props.icon;
  const own = { overrides, first: firstColumns, faces };
  const columns = useColumns({ entity, hrefOf, readOnly: bin, ...own });
  const layout = useTableLayout(entity.name, columns);
  const { total = 0, totalRelation } = list.data?.pagination ?? {};
  const what = useHowMany(entity, total, totalRelation === 'gte');
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
        hasBoard={props.hasBoard}
        what={what}
      />
      <div className={styles.content} data-chosen={chosen || undefined}>
        {news > 0 && !bin && (
          <button type="button" className={styles.pill} onClick={state.showArrived}>
            {t('records.arrived', { count: news })}
            <IconArrowUp size={14} stroke={2} aria-hidden />
          </button>
        )}
        <Rows {...props} {...state} columns={columns} layout={layout} />
        {chosen && (
          <SelectionBar
            entity={entity}
            selection={selection}
            total={total}
            open={totalRelation === 'gte'}
            shown={layout.order.filter((id) => layout.visibility[id])}
            sort={search.sort}
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

const ALL_OF_IT = { q: undefined, status: undefined, filter: undefined, page: undefined };

type RowsProps = EntityTableProps &
  ReturnType<typeof useEntityList> & { columns: Column<RecordRow>[]; layout: TableLayout };

/** What was found, as a table, as cards or as lines; or why there is nothing. */
function Rows(props: RowsProps) {
  const { entity, search, onSearch, list, rows, page } = props;
  const { t } = useTranslation();
  if (list.isPending) return <TableSkeleton label={t('ui.loading')} />;
  if (list.isError && !list.data) {
    const retry = () => void list.refetch();
    return <ErrorState error={list.error} subject={props.subject} onRetry={retry} />;
  }
  if (rows.length > 0) return <FoundRows {...props} />;
  return (
    <NothingFound
      entity={entity}
      narrowed={isNarrowed(search) || page > 1}
      bin={search.bin === true}
      empty={props.empty}
      onClear={() => onSearch(ALL_OF_IT)}
    />
  );
}

function FoundRows(props: RowsProps) {
  const { entity, search, onSearch, hrefOf, list, rows, selection, page, limit } = props;
  const navigate = useNavigate();
  const small = useSmallScreen();
  const acts = useSignal(ownActs);
  const actions = useRecordActions(entity);
  const touched = useTouched(entity.name);
  const bin = search.bin === true;
  const open = (row: RecordRow) => {
    if (!isInBin(row)) void navigate({ to: hrefOf(row) });
  };
  const edit = (row: RecordRow) => onSearch({ editar: row.id });
  const shared = {
    ...{ rows, hrefOf, selection, label: entity.labelPlural },
    nameOf: (row: RecordRow) => String(row[entity.titleField] ?? row.id),
    menu: (row: RecordRow) => (
      <RowMenuItems
        entity={entity}
        row={row}
        bin={bin}
        onOpen={open}
        onEdit={edit}
        acts={actions}
      />
    ),
  };
  const { icon, secondary, aside, cardFields } = props;
  if (search.view === 'cards') {
    return <Cards {...shared} {...{ entity, icon, secondary, cardFields }} />;
  }
  if (small) return <MobileRows {...shared} {...{ icon, secondary, aside }} />;
  return (
    <DataTable
      {...shared}
      columns={props.columns}
      layout={props.layout}
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
        void actions.save(seen, column, value);
      }}
      onWaiting={props.setWaiting}
    />
  );
}
