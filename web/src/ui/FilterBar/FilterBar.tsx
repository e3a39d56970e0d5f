import { Popover } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetaField } from '@/api/types';
import { groupOf, isFilterable, isLeaf, nodeOf, tidy, type FilterNode } from './filter';
import styles from './FilterBar.module.css';
import { FieldMenu } from './FieldMenu';
import { LeafEditor } from './LeafEditor';
import { useFilterText } from './useFilterText';

interface FilterBarProps {
  fields: MetaField[];
  value: FilterNode | undefined;
  onChange: (filter: FilterNode | undefined) => void;
  /** Opens the editor of nested groups: a chip of a group cannot be changed in place. */
  onAdvanced: () => void;
}

/** One chip per condition, each changed where it stands. */
export function FilterBar({ fields, value, onChange, onAdvanced }: FilterBarProps) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<FilterNode | null>(null);
  const { join, items } = groupOf(value);
  const usable = fields.filter(isFilterable);
  const replace = (index: number, node: FilterNode | undefined) => {
    const next = items.flatMap((item, at) => (at !== index ? [item] : node ? [node] : []));
    onChange(tidy(nodeOf({ join, items: next })));
  };
  const finishDraft = () => {
    const node = tidy(draft ?? undefined);
    setDraft(null);
    if (!node) return;
    // A new condition narrows: an OR of before becomes one of two things that must hold.
    const before = join === 'and' ? items : value ? [value] : [];
    onChange(tidy({ and: [...before, node] }));
  };
  return (
    <div className={styles.bar} role="group" aria-label={t('records.filter.label')}>
      {items.map((item, index) => (
        <FilterChip
          key={JSON.stringify(item) + index}
          node={item}
          fields={fields}
          joint={index > 0 && join === 'or' ? t('records.filter.join.or') : undefined}
          onChange={(node) => replace(index, node)}
          onAdvanced={onAdvanced}
        />
      ))}
      {draft && isLeaf(draft) ? (
        <Popover
          opened
          onChange={(open) => !open && finishDraft()}
          position="bottom-start"
          trapFocus
        >
          <Popover.Target>
            <span className={styles.draft}>
              {fields.find(({ key }) => key === draft.field)?.label}
            </span>
          </Popover.Target>
          <Popover.Dropdown aria-label={t('records.filter.add')}>
            <LeafEditor fields={usable} leaf={draft} onChange={setDraft} onDone={finishDraft} />
          </Popover.Dropdown>
        </Popover>
      ) : (
        <FieldMenu fields={usable} onPick={setDraft}>
          <button type="button" className={styles.add}>
            <IconPlus size={13} stroke={2} aria-hidden />
            {t('records.filter.add')}
          </button>
        </FieldMenu>
      )}
    </div>
  );
}

interface FilterChipProps {
  node: FilterNode;
  fields: MetaField[];
  joint?: string;
  onChange: (node: FilterNode | undefined) => void;
  onAdvanced: () => void;
}

function FilterChip({ node, fields, joint, onChange, onAdvanced }: FilterChipProps) {
  const { t } = useTranslation();
  const { leafText, text } = useFilterText(fields);
  const [draft, setDraft] = useState<FilterNode | null>(null);
  const close = () => {
    if (draft) onChange(tidy(draft));
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
        <Popover
          opened={draft !== null}
          onChange={(opened) => !opened && close()}
          position="bottom-start"
          trapFocus
        >
          <Popover.Target>
            <button type="button" className={styles.words} onClick={open}>
              {content}
            </button>
          </Popover.Target>
          <Popover.Dropdown aria-label={words}>
            {draft && isLeaf(draft) && (
              <LeafEditor
                fields={fields.filter(isFilterable)}
                leaf={draft}
                onChange={setDraft}
                onDone={close}
              />
            )}
          </Popover.Dropdown>
        </Popover>
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
