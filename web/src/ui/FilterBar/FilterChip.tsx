import { IconX } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetaField } from '@/api/types';
import type { Counting } from './ApplyButton';
import { isFilterable, isLeaf, isUnreadable, tidy, type FilterNode } from './filter';
import styles from './FilterBar.module.css';
import { FilterPopover } from './FilterPopover';
import { LeafEditor } from './LeafEditor';
import { useFilterText } from './useFilterText';

interface FilterChipProps {
  node: FilterNode;
  fields: MetaField[];
  joint?: string;
  /** The question with this condition changed. */
  counting: Counting;
  onChange: (node: FilterNode | undefined) => void;
  onAdvanced: () => void;
}

/** One condition in words; a press on it changes it in place. */
export function FilterChip(props: FilterChipProps) {
  const { node, fields, joint, counting, onChange, onAdvanced } = props;
  const { t } = useTranslation();
  const { leafText, text } = useFilterText(fields, [node]);
  const [draft, setDraft] = useState<FilterNode | null>(null);
  const close = () => {
    const changed = draft && JSON.stringify(draft) !== JSON.stringify(node);
    if (changed && !isUnreadable(draft)) onChange(tidy(draft));
    setDraft(null);
  };
  const words = text(node);
  let content: ReactNode = <b>{words}</b>;
  if (isLeaf(node)) {
    const { label, op, value } = leafText(node);
    content = (
      <>
        {label} <span>{op}</span> {value && <b>{value}</b>}
      </>
    );
  }
  const open = () => (isLeaf(node) ? setDraft(node) : onAdvanced());
  return (
    <>
      {joint && <span className={styles.joint}>{joint}</span>}
      <span className={styles.chip}>
        <FilterPopover
          opened={draft !== null}
          label={words}
          onEscape={() => setDraft(null)}
          onOutside={close}
          target={
            <button type="button" className={styles.words} title={words} onClick={open}>
              {content}
            </button>
          }
        >
          {draft && isLeaf(draft) && (
            <LeafEditor
              fields={fields.filter(isFilterable)}
              leaf={draft}
              counting={counting}
              onChange={setDraft}
              onDone={close}
            />
          )}
        </FilterPopover>
        <button
          type="button"
          className={styles.drop}
          aria-label={t('ui.remove', { name: words })}
          onClick={() => onChange(undefined)}
        >
          <IconX size={13} stroke={2} />
        </button>
      </span>
    </>
  );
}
