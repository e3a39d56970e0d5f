import { IconPlus } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetaField } from '@/api/types';
import type { Counting } from './ApplyButton';
import { groupOf, isFilterable, nodeOf, tidy, type FilterNode, type Leaf } from './filter';
import styles from './FilterBar.module.css';
import { FieldMenu } from './FieldMenu';
import { FilterChip } from './FilterChip';
import { FilterPopover } from './FilterPopover';
import { LeafEditor } from './LeafEditor';

interface FilterBarProps {
  fields: MetaField[];
  value: FilterNode | undefined;
  counting: Counting;
  onChange: (filter: FilterNode | undefined) => void;
  /** Opens the editor of nested groups: a chip of a group cannot be changed in place. */
  onAdvanced: () => void;
  /** Beside other things in one line: chips grow narrow before they wrap. */
  inLine?: boolean;
}

/** One chip per condition, each changed where it stands. */
export function FilterBar(props: FilterBarProps) {
  const { fields, value, counting, onChange, onAdvanced, inLine } = props;
  const { t } = useTranslation();
  const [draft, setDraft] = useState<Leaf | null>(null);
  const add = useRef<HTMLButtonElement>(null);
  const { join, items } = groupOf(value);
  const usable = fields.filter(isFilterable);
  const replaced = (index: number, node: FilterNode | undefined) => {
    const next = items.flatMap((item, at) => (at !== index ? [item] : node ? [node] : []));
    return tidy(nodeOf({ join, items: next }));
  };
  // A new condition narrows: an OR of before becomes one of two things that must hold.
  const before = join === 'and' ? items : value ? [value] : [];
  const widened = (node: FilterNode | undefined) =>
    tidy({ and: [...before, ...(node ? [node] : [])] });
  const leave = () => {
    setDraft(null);
    // The chip that was being made is gone: the keyboard goes on where it began.
    window.setTimeout(() => add.current?.focus({ preventScroll: true }));
  };
  const finish = () => {
    const node = tidy(draft ?? undefined);
    if (node) onChange(widened(node));
    leave();
  };
  return (
    <div
      className={styles.bar}
      data-in-line={inLine || undefined}
      role="group"
      aria-label={t('records.filter.label')}
    >
      {items.map((item, index) => (
        <FilterChip
          key={JSON.stringify(item) + index}
          node={item}
          fields={fields}
          joint={index > 0 && join === 'or' ? t('records.filter.join.or') : undefined}
          counting={(node) => counting(replaced(index, node))}
          onChange={(node) => onChange(replaced(index, node))}
          onAdvanced={onAdvanced}
        />
      ))}
      {draft && (
        <FilterPopover
          opened
          label={t('records.filter.add')}
          onEscape={leave}
          onOutside={finish}
          target={
            <button type="button" className={styles.draft}>
              {fields.find(({ key }) => key === draft.field)?.label}
            </button>
          }
        >
          <LeafEditor
            fields={usable}
            leaf={draft}
            counting={(node) => counting(widened(node))}
            onChange={setDraft}
            onDone={finish}
          />
        </FilterPopover>
      )}
      <FieldMenu fields={usable} onPick={setDraft}>
        <button ref={add} type="button" className={styles.add} hidden={draft !== null}>
          <IconPlus size={13} stroke={2} aria-hidden />
          {t('records.filter.add')}
        </button>
      </FieldMenu>
    </div>
  );
}
