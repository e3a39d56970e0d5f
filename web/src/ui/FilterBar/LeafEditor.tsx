import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MetaField } from '@/api/types';
import { ApplyButton, type Counting } from './ApplyButton';
import { isUnreadable, newLeaf, opsOf, withOp, type Leaf } from './filter';
import styles from './FilterBar.module.css';
import { FilterValue } from './FilterValue';

interface LeafEditorProps {
  fields: MetaField[];
  leaf: Leaf;
  onChange: (leaf: Leaf) => void;
  /** In a chip's popover; rows of the nested editor have no button of their own. */
  onDone?: () => void;
  counting?: Counting;
}

/** Field, operator and value of one condition. */
export function LeafEditor({ fields, leaf, onChange, onDone, counting }: LeafEditorProps) {
  const { t } = useTranslation();
  const field = fields.find(({ key }) => key === leaf.field);
  const combobox = { withinPortal: onDone === undefined };
  const send = (event: { preventDefault: () => void }) => {
    event.preventDefault();
    if (!isUnreadable(leaf)) onDone?.();
  };
  const content = (
    <>
      <Select
        aria-label={t('records.filter.field')}
        className={styles.field}
        data={fields.map(({ key, label }) => ({ value: key, label }))}
        value={leaf.field}
        allowDeselect={false}
        searchable={!onDone}
        comboboxProps={combobox}
        onChange={(key) => {
          const next = fields.find((one) => one.key === key);
          if (next) onChange(newLeaf(next));
        }}
      />
      {field && (
        <Select
          aria-label={t('records.filter.operator')}
          className={styles.op}
          data={opsOf(field).map((op) => ({ value: op, label: t(`records.op.${op}`) }))}
          value={leaf.op}
          allowDeselect={false}
          comboboxProps={combobox}
          onChange={(op) => op && onChange(withOp(leaf, op))}
        />
      )}
      {field && <FilterValue field={field} leaf={leaf} onChange={onChange} inside={!!onDone} />}
    </>
  );
  if (!onDone) return <div className={styles.leaf}>{content}</div>;
  return (
    <form className={styles.stack} onSubmit={send}>
      {content}
      {counting && <ApplyButton filter={leaf} counting={counting} />}
    </form>
  );
}
