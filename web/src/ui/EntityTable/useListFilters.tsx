import { useState, type ReactNode } from 'react';
import { recordList } from '@/api/records';
import type { MetaEntity, MetaField } from '@/api/types';
import { useSmallScreen } from '@/lib/useSmallScreen';
import type { Counting } from '@/ui/FilterBar/ApplyButton';
import { groupOf, type FilterNode } from '@/ui/FilterBar/filter';
import { FilterBar } from '@/ui/FilterBar/FilterBar';
import { FiltersButton } from '@/ui/FilterBar/FiltersButton';
import styles from './EntityTable.module.css';
import { listQuery, type ListSearch, type Presets } from './listSearch';
import { SearchBox } from './SearchBox';

export interface ListFiltersProps {
  entity: MetaEntity;
  fields: MetaField[];
  search: ListSearch;
  presets?: Presets;
  onSearch: (change: Partial<ListSearch>, replace?: boolean) => void;
  placeholder: string;
}

// So many chips stand beside the search; more of them have a line of their own.
const IN_LINE = 2;

/** What narrows a list, in its pieces: the chips stand beside the button, or in a line below. */
export function useListFilters(
  props: ListFiltersProps,
): Record<'box' | 'button' | 'beside' | 'below', ReactNode> {
  const { entity, fields, search, presets, onSearch, placeholder } = props;
  const small = useSmallScreen();
  const [editing, setEditing] = useState(false);
  const counting: Counting = (filter) =>
    recordList(entity, {
      ...listQuery(entity, { ...search, filter, page: undefined }, presets),
      limit: 1,
    });
  const setFilter = (filter: FilterNode | undefined) => onSearch({ filter, page: undefined });
  const filters = { fields, value: search.filter, counting, onChange: setFilter };
  const chips = groupOf(search.filter).items.length;
  const isBelow = small || chips > IN_LINE;
  const bar = (!small || chips > 0) && (
    <div className={isBelow ? styles.below : styles.inLine}>
      <FilterBar {...filters} inLine={!isBelow} onAdvanced={() => setEditing(true)} />
    </div>
  );
  return {
    box: (
      <SearchBox
        key={entity.name}
        value={search.q ?? ''}
        placeholder={placeholder}
        onChange={(q) => onSearch({ q: q || undefined, page: undefined }, true)}
      />
    ),
    button: <FiltersButton {...filters} opened={editing} onOpen={setEditing} />,
    beside: isBelow ? <span className={styles.gap} /> : bar,
    below: isBelow && bar,
  };
}
