import { TagsInput, type TagsInputProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Tag } from '@/ui/Tag';
import { useCatalogue, useTagHues } from './useCatalogue';

interface TagsFieldProps extends Omit<TagsInputProps, 'value' | 'onChange' | 'data'> {
  target: string;
  value: string[];
  onChange: (value: string[]) => void;
}

/** Chips in their colours; a name that does not exist yet is created by the server. */
export function TagsField({ target, value, onChange, ...rest }: TagsFieldProps) {
  const { t } = useTranslation();
  const rows = useCatalogue(target);
  const hue = useTagHues(target);
  const known = new Map(
    rows.map((row) => [String(row.name).toLocaleLowerCase(), String(row.name)]),
  );
  const change = (names: string[]) =>
    onChange(names.map((name) => known.get(name.trim().toLocaleLowerCase()) ?? name.trim()));
  return (
    <TagsInput
      {...rest}
      data={[...known.values()]}
      value={value}
      onChange={change}
      acceptValueOnBlur
      maxDropdownHeight={220}
      placeholder={t('records.tags.add')}
      renderPill={({ option, onRemove }) => (
        <Tag
          hue={hue(String(option.value))}
          onRemove={onRemove}
          removeLabel={t('ui.remove', { name: option.value })}
        >
          {option.value}
        </Tag>
      )}
      renderOption={({ option }) => <Tag hue={hue(option.value)}>{option.value}</Tag>}
    />
  );
}
