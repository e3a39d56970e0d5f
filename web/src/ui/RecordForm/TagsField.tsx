import { MultiSelect, type ComboboxItem, type MultiSelectProps } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fold } from '@/lib/fold';
import { Tag } from '@/ui/Tag';
import { useTagHues } from './useCatalogue';
import { useTagNames } from './useTagNames';

interface TagsFieldProps extends Omit<MultiSelectProps, 'value' | 'onChange' | 'data'> {
  target: string;
  value: string[];
  onChange: (value: string[]) => void;
  /** Only what there is: nobody makes a tag in order to take it off. */
  existing?: boolean;
}

// No name begins so: the row that makes a new tag is told apart from those that there are.
const NEW = '\u0000new';

/** Chips in their colours. Enter takes the marked tag; making one is a row of its own. */
export function TagsField(props: TagsFieldProps) {
  const { target, value, onChange, existing, onBlur, onKeyDown, ...rest } = props;
  const { t } = useTranslation();
  const hue = useTagHues(target);
  const [typed, setTyped] = useState('');
  const { fitting, ready, creatable } = useTagNames(target, typed, value);
  const fresh = typed.trim();
  const names = [...new Set([...fitting, ...value])];
  const data = names.map((name) => ({ value: name, label: name }));
  if (creatable && !existing) {
    data.push({ value: NEW, label: t('records.tags.create', { name: fresh }) });
  }
  const open = new Set([...fitting.filter((name) => !value.includes(name)), NEW]);
  return (
    <MultiSelect
      placeholder={t(existing ? 'records.tags.choose' : 'records.tags.add')}
      {...rest}
      data={data}
      value={value}
      onChange={(next) => onChange(next.map((name) => (name === NEW ? fresh : name)))}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      // The order is that of the fit; what was chosen already stands in the box.
      filter={({ options }) => options.filter((one) => open.has((one as ComboboxItem).value))}
      // What comes from the server a moment later is marked then.
      selectFirstOptionOnChange={fresh !== '' && ready}
      hidePickedOptions
      maxDropdownHeight={220}
      nothingFoundMessage={fresh === '' || !ready ? undefined : t('records.tags.nothing')}
      onKeyDown={(event) => {
        onKeyDown?.(event);
        // Whoever chooses does not send the form behind.
        if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) event.preventDefault();
      }}
      onBlur={(event) => {
        const whole = fitting.find((name) => fold(name) === fold(fresh));
        if (fresh !== '' && whole && !value.includes(whole)) onChange([...value, whole]);
        onBlur?.(event);
      }}
      renderPill={({ value: name, onRemove }) => (
        <Tag hue={hue(String(name))} onRemove={onRemove} removeLabel={t('ui.remove', { name })}>
          {String(name)}
        </Tag>
      )}
      renderOption={({ option }) =>
        option.value === NEW ? (
          <>
            <IconPlus size={14} stroke={2} aria-hidden /> {option.label}
          </>
        ) : (
          <Tag hue={hue(option.value)}>{option.value}</Tag>
        )
      }
    />
  );
}
