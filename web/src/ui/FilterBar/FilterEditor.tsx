import { Button, SegmentedControl } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetaField } from '@/api/types';
import { IconBtn } from '@/ui/IconBtn';
import { ApplyButton, type Counting } from './ApplyButton';
import {
  groupOf,
  isFilterable,
  isLeaf,
  isUnreadable,
  newLeaf,
  nodeOf,
  tidy,
  type FilterNode,
  type Group,
} from './filter';
import styles from './FilterBar.module.css';
import { LeafEditor } from './LeafEditor';

interface FilterEditorProps {
  fields: MetaField[];
  start: Group;
  counting: Counting;
  /** What stands here so far, whenever it changes. */
  onDraft: (group: Group) => void;
  onApply: (filter: FilterNode | undefined) => void;
}

const DEEPEST = 3;

/** Conditions joined by E and OU, in groups as deep as it makes sense to read. */
export function FilterEditor({ fields, start, counting, onDraft, onApply }: FilterEditorProps) {
  const { t } = useTranslation();
  const usable = fields.filter(isFilterable);
  const [group, setGroup] = useState<Group>(() =>
    start.items.length > 0 || !usable[0] ? start : { join: 'and', items: [newLeaf(usable[0])] },
  );
  const change = (next: Group) => {
    setGroup(next);
    onDraft(next);
  };
  return (
    <form
      className={styles.editor}
      // Not the first list: it would open over everything.
      tabIndex={-1}
      data-autofocus
      aria-label={t('records.filter.advanced')}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isUnreadable(nodeOf(group))) onApply(tidy(nodeOf(group)));
      }}
    >
      <div className={styles.editorBody}>
        <GroupEditor fields={usable} group={group} onChange={change} depth={0} />
      </div>
      <div className={styles.editorEnd}>
        <Button variant="subtle" color="gray" onClick={() => onApply(undefined)}>
          {t('records.filter.clear')}
        </Button>
        <ApplyButton filter={nodeOf(group)} counting={counting} />
      </div>
    </form>
  );
}

interface GroupEditorProps {
  fields: MetaField[];
  group: Group;
  depth: number;
  onChange: (group: Group) => void;
}

function GroupEditor({ fields, group, depth, onChange }: GroupEditorProps) {
  const { t } = useTranslation();
  const { join, items } = group;
  const set = (next: FilterNode[]) => onChange({ join, items: next });
  const put = (index: number, node: FilterNode) =>
    set(items.map((item, at) => (at === index ? node : item)));
  const first = fields[0];
  if (!first) return null;
  return (
    <div className={styles.group} data-depth={depth}>
      {items.length > 1 && (
        <SegmentedControl
          size="xs"
          aria-label={t('records.filter.join.label')}
          value={join}
          onChange={(next) => onChange({ join: next as Group['join'], items })}
          data={[
            { value: 'and', label: t('records.filter.join.all') },
            { value: 'or', label: t('records.filter.join.any') },
          ]}
        />
      )}
      {items.map((item, index) => (
        <div key={index} className={styles.item}>
          {isLeaf(item) ? (
            <LeafEditor fields={fields} leaf={item} onChange={(leaf) => put(index, leaf)} />
          ) : (
            <GroupEditor
              fields={fields}
              group={groupOf(item)}
              depth={depth + 1}
              onChange={(next) => put(index, nodeOf(next))}
            />
          )}
          <IconBtn
            label={t(isLeaf(item) ? 'records.filter.dropCondition' : 'records.filter.dropGroup')}
            onClick={() => set(items.filter((_, at) => at !== index))}
          >
            <IconTrash size={15} stroke={1.7} />
          </IconBtn>
        </div>
      ))}
      <div className={styles.grow}>
        <Button
          size="xs"
          variant="subtle"
          leftSection={<IconPlus size={13} stroke={2} />}
          onClick={() => set([...items, newLeaf(first)])}
        >
          {t('records.filter.condition')}
        </Button>
        {depth < DEEPEST && (
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            leftSection={<IconPlus size={13} stroke={2} />}
            onClick={() =>
              set([
                ...items,
                nodeOf({ join: join === 'and' ? 'or' : 'and', items: [newLeaf(first)] }),
              ])
            }
          >
            {t('records.filter.group')}
          </Button>
        )}
      </div>
    </div>
  );
}
