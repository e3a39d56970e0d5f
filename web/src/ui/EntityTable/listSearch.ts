import type { ListQuery } from '@/api/records';
import type { MetaEntity } from '@/api/types';
import { both, readFilter, type FilterNode } from '@/ui/FilterBar/filter';
import { PAGE_SIZES } from '@/ui/DataTable/Pager';
import { sortOf } from '@/ui/DataTable/types';

export const VIEWS = ['list', 'cards', 'board'] as const;
export type View = (typeof VIEWS)[number];

/** What an address says of a list: reload, back and sharing give the same rows. */
export type ListSearch = {
  q?: string;
  status?: string;
  sort?: string;
  page?: number;
  limit?: number;
  view?: View;
  /** Which of several boards. */
  of?: string;
  filter?: FilterNode;
  /** The recycle bin. */
  bin?: true;
  /** The drawer: a new record, or the one with this id. */
  novo?: 1;
  editar?: string;
};

export const DEFAULT_LIMIT = 50;

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== ''
    ? value
    : typeof value === 'number'
      ? String(value)
      : undefined;
const whole = (value: unknown): number | undefined =>
  Number.isInteger(Number(value)) && Number(value) > 0 ? Number(value) : undefined;

export function readListSearch(search: Record<string, unknown>): ListSearch {
  const limit = whole(search.limit);
  const page = whole(search.page);
  return {
    q: text(search.q),
    status: text(search.status),
    sort: text(search.sort),
    page: page === 1 ? undefined : page,
    limit: limit && PAGE_SIZES.includes(limit) && limit !== DEFAULT_LIMIT ? limit : undefined,
    view: VIEWS.find((view) => view === search.view),
    of: text(search.of),
    filter: readFilter(search.filter),
    bin: search.bin === true || search.bin === 'true' ? true : undefined,
    novo: Number(search.novo) === 1 ? 1 : undefined,
    editar: text(search.editar),
  };
}

/** Words of the status strip that are questions, not values: "new". */
export type Presets = Record<string, FilterNode>;

/** The field whose values the strip counts. */
export const countedField = (entity: MetaEntity) => entity.counters?.[0] ?? 'status';

/** Filter, status and preset as one question. */
export function wholeFilter(entity: MetaEntity, search: ListSearch, presets: Presets = {}) {
  const { status, filter } = search;
  if (!status) return filter;
  const asked = presets[status] ?? { field: countedField(entity), op: 'is', value: status };
  return both(asked, filter);
}

export function listQuery(
  entity: MetaEntity,
  search: ListSearch,
  presets: Presets = {},
): ListQuery {
  const { q, status, page = 1, limit = DEFAULT_LIMIT, bin } = search;
  const sort = sortOf(search.sort);
  const short = status && !presets[status] ? { [countedField(entity)]: status } : undefined;
  return {
    page,
    limit,
    search: q,
    sortBy: sort?.field ?? entity.defaultSort?.field,
    sortOrder: sort?.order ?? entity.defaultSort?.order,
    filter: short ? search.filter : wholeFilter(entity, search, presets),
    short,
    deleted: bin,
  };
}

/** Everything that decides which rows are found, and nothing of how they are shown. */
export const scopeOf = ({ q, status, filter, bin }: ListSearch): string =>
  JSON.stringify([q, status, filter, bin]);

/** The list itself, whatever drawer stood over it. */
export const withoutDrawer = (search: ListSearch): ListSearch => ({
  ...search,
  novo: undefined,
  editar: undefined,
});

export const isNarrowed = ({ q, status, filter }: ListSearch): boolean =>
  q !== undefined || status !== undefined || filter !== undefined;
