import { MultiSelect, NumberInput, Select, TextInput } from '@mantine/core';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetaField } from '@/api/types';
import { useMetaEntity } from '@/api/me';
import { typeOf } from '@/ui/fields';
import { LinkInput } from '@/ui/RecordForm/LinkInput';
import { LinksInput } from '@/ui/RecordForm/LinksInput';
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

export function FilterValue(props: FilterValueProps) {
  const { field, leaf, onChange, inside } = props;
  const { t } = useTranslation();
  const options = useOptions(field);
  const kind = valueKind(leaf.op);
  if (kind === 'none') return null;
  if (kind === 'pair') return <Pair {...props} />;
  if (kind === 'days') return <Days {...props} />;
  if (typeOf(field).points) return <Pointed {...props} />;
  if (options) return <Chosen {...props} options={options} />;
  return (
    <Plain
      field={field}
      label={t('records.filter.value')}
      value={leaf.value}
      onChange={(value) => onChange({ ...leaf, value })}
      first={inside}
      inside={inside}
    />
  );
}

/** What every input of a value takes. */
function useShared(inside?: boolean) {
  const { t } = useTranslation();
  return {
    'aria-label': t('records.filter.value'),
    className: styles.value,
    'data-autofocus': inside,
  };
}

function Pair({ field, leaf, onChange, inside }: FilterValueProps) {
  const { t } = useTranslation();
  const pair: unknown[] = Array.isArray(leaf.value) ? leaf.value : [];
  const part = (index: 0 | 1) => (
    <Plain
      field={field}
      label={t(index === 0 ? 'records.filter.from' : 'records.filter.to')}
      first={inside && index === 0}
      inside={inside}
      value={pair[index]}
      onChange={(value) =>
        onChange({ ...leaf, value: index === 0 ? [value, pair[1]] : [pair[0], value] })
      }
    />
  );
  return (
    <div className={styles.pair}>
      {part(0)}
      {part(1)}
    </div>
  );
}

function Days({ leaf, onChange, inside }: FilterValueProps) {
  const { t } = useTranslation();
  return (
    <NumberInput
      {...useShared(inside)}
      min={1}
      max={3650}
      allowDecimal={false}
      suffix={` ${t('records.filter.daysUnit')}`}
      value={typeof leaf.value === 'number' ? leaf.value : ''}
      onChange={(value) =>
        onChange({ ...leaf, value: typeof value === 'number' ? value : undefined })
      }
    />
  );
}

const several = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);
const single = (value: unknown) => (value === undefined ? null : String(value));

/** Records, which the server looks for by name. */
function Pointed({ field, leaf, onChange, inside }: FilterValueProps) {
  const { t } = useTranslation();
  const me = { value: 'me', label: t('records.filter.me') };
  const link = {
    ...useShared(inside),
    target: field.target ?? '',
    comboboxProps: { withinPortal: !inside },
    first: typeOf(field).isPerson ? me : undefined,
  };
  return valueKind(leaf.op) === 'list' ? (
    <LinksInput
      {...link}
      value={several(leaf.value)}
      onChange={(value) => onChange({ ...leaf, value })}
    />
  ) : (
    <LinkInput
      {...link}
      value={single(leaf.value)}
      onChange={(value) => onChange({ ...leaf, value: value ?? undefined })}
    />
  );
}

interface Option {
  value: string;
  label: string;
}

function Chosen({
  field,
  leaf,
  onChange,
  inside,
  options,
}: FilterValueProps & { options: Option[] }) {
  const shared = { ...useShared(inside), comboboxProps: { withinPortal: !inside } };
  const set = (value: unknown) => onChange({ ...leaf, value });
  return valueKind(leaf.op) === 'list' ? (
    <MultiSelect {...shared} searchable data={options} value={several(leaf.value)} onChange={set} />
  ) : (
    <Select
      {...shared}
      searchable={options.length > 8}
      data={options}
      value={single(leaf.value)}
      allowDeselect={false}
      onChange={(next) => set(field.type === 'boolean' ? next === 'true' : next)}
    />
  );
}

/** What can be chosen, or null where the answer is typed. */
function useOptions(field: MetaField): Option[] | null {
  const { t } = useTranslation();
  const target = field.target ?? '';
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
  if (typeOf(field).several && field.target)
    return rows.map((row) => ({ value: String(row[title]), label: String(row[title]) }));
  return null;
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
    <Suspense key={field.type}>
      <Condition
        field={field}
        shared={{
          ...shared,
          // What comes late finds no trap that gives it the focus.
          autoFocus: first,
          error: unreadable !== undefined && says?.(t),
        }}
        inside={inside}
        value={unreadable ?? value}
        onChange={take}
      />
    </Suspense>
  );
}
