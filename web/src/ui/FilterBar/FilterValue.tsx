import { MultiSelect, NumberInput, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MetaField } from '@/api/types';
import { useMe, useMetaEntity } from '@/api/me';
import { typeOf } from '@/ui/fields';
import { useCatalogue } from '@/ui/RecordForm/useCatalogue';
import { unreadableIn, valueKind, type Leaf } from './filter';
import styles from './FilterBar.module.css';

interface FilterValueProps {
  field: MetaField;
  leaf: Leaf;
  onChange: (leaf: Leaf) => void;
  /** Inside a popover: a list of its own portal would close it. */
  inside?: boolean;
}

export function FilterValue({ field, leaf, onChange, inside }: FilterValueProps) {
  const { t } = useTranslation();
  const options = useOptions(field);
  const kind = valueKind(leaf.op);
  const set = (value: unknown) => onChange({ ...leaf, value });
  const label = t('records.filter.value');
  const shared = { 'aria-label': label, className: styles.value, 'data-autofocus': inside };
  const combobox = { withinPortal: !inside };
  if (kind === 'none') return null;
  if (kind === 'pair') {
    const pair = Array.isArray(leaf.value) ? leaf.value : [];
    const part = (index: 0 | 1) => (
      <Plain
        field={field}
        label={t(index === 0 ? 'records.filter.from' : 'records.filter.to')}
        first={inside && index === 0}
        inside={inside}
        value={pair[index]}
        onChange={(value) => set(index === 0 ? [value, pair[1]] : [pair[0], value])}
      />
    );
    return (
      <div className={styles.pair}>
        {part(0)}
        {part(1)}
      </div>
    );
  }
  if (kind === 'days') {
    return (
      <NumberInput
        {...shared}
        min={1}
        max={3650}
        allowDecimal={false}
        suffix={` ${t('records.filter.daysUnit')}`}
        value={typeof leaf.value === 'number' ? leaf.value : ''}
        onChange={(value) => set(typeof value === 'number' ? value : undefined)}
      />
    );
  }
  if (kind === 'list' && options) {
    return (
      <MultiSelect
        {...shared}
        searchable
        data={options}
        comboboxProps={combobox}
        value={Array.isArray(leaf.value) ? leaf.value.map(String) : []}
        onChange={set}
      />
    );
  }
  if (options) {
    const value = leaf.value === undefined ? null : String(leaf.value);
    return (
      <Select
        {...shared}
        searchable={options.length > 8}
        data={options}
        comboboxProps={combobox}
        value={value}
        allowDeselect={false}
        onChange={(next) => set(field.type === 'boolean' ? next === 'true' : next)}
      />
    );
  }
  return (
    <Plain
      field={field}
      label={label}
      value={leaf.value}
      onChange={set}
      first={inside}
      inside={inside}
    />
  );
}

/** What can be chosen, or null where the answer is typed. */
function useOptions(field: MetaField): { value: string; label: string }[] | null {
  const { t } = useTranslation();
  const { user } = useMe();
  const target = field.target ?? (field.type === 'user' ? 'user' : 'tag');
  const rows = useCatalogue(target);
  const title = useMetaEntity(target)?.titleField ?? 'name';
  if (field.type === 'boolean') {
    return [
      { value: 'true', label: t('ui.yes') },
      { value: 'false', label: t('ui.no') },
    ];
  }
  if (field.options && field.options.length > 0) {
    return field.options.map(({ value, label }) => ({ value, label }));
  }
  const byName = field.type === 'tags' || field.type === 'links';
  if (byName) return rows.map((row) => ({ value: String(row[title]), label: String(row[title]) }));
  if (field.type !== 'user' && field.type !== 'link') return null;
  const others = rows.filter(({ id }) => id !== user.id || field.type !== 'user');
  const list = others.map((row) => ({ value: row.id, label: String(row[title] ?? row.id) }));
  return field.type === 'user' ? [{ value: 'me', label: t('records.filter.me') }, ...list] : list;
}

interface PlainProps {
  field: MetaField;
  label: string;
  value: unknown;
  onChange: (value: unknown) => void;
  /** Where typing begins. */
  first?: boolean;
  inside?: boolean;
}

function Plain({ field, label, value, onChange, first, inside }: PlainProps) {
  const { t } = useTranslation();
  const { Condition, unreadable: says, check } = typeOf(field);
  const unreadable = unreadableIn(value);
  const shared = { 'aria-label': label, className: styles.value, 'data-autofocus': first };
  if (!Condition) {
    return (
      <TextInput
        {...shared}
        value={typeof value === 'string' ? value : ''}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  // A number or a date, or the text that is none (yet).
  const take = (next: unknown) =>
    onChange(
      typeof next === 'string' && check?.(next, field) ? { unreadable: next } : (next ?? undefined),
    );
  return (
    <Condition
      field={field}
      shared={{ ...shared, error: unreadable !== undefined && says?.(t) }}
      inside={inside}
      value={unreadable ?? value}
      onChange={take}
    />
  );
}
