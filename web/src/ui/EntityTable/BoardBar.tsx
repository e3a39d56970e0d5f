import styles from './EntityTable.module.css';
import { useListFilters, type ListFiltersProps } from './useListFilters';
import { ViewSwitch } from './ViewSwitch';

/** What narrows a board: the search and the filters of its list. */
export function BoardBar(props: ListFiltersProps) {
  const { box, button, beside, below } = useListFilters(props);
  return (
    <div className={styles.toolbar}>
      {box}
      {button}
      {beside}
      <ViewSwitch view="board" hasBoard onSearch={props.onSearch} />
      {below}
    </div>
  );
}
