import { MultiSelect, type MultiSelectProps } from '@mantine/core';
import { useMetaEntity } from '@/api/me';
import type { MetaEntity } from '@/api/types';
import { useChoices, type Choice } from './useChoices';

interface LinksInputProps extends Omit<MultiSelectProps, 'value' | 'onChange' | 'data'> {
  target: string;
  value: string[];
  first?: Choice;
  onChange: (ids: string[]) => void;
}

/** Several records by name, for a filter; the server searches. */
export function LinksInput({ target, ...props }: LinksInputProps) {
  const entity = useMetaEntity(target);
  return entity ? <LinksSelect {...props} entity={entity} /> : null;
}

type LinksSelectProps = Omit<LinksInputProps, 'target'> & { entity: MetaEntity };

function LinksSelect({ entity, value, first, ...rest }: LinksSelectProps) {
  const chosen = value.filter((id) => id !== first?.value);
  const { data, searching, ...choices } = useChoices(entity, chosen);
  return (
    <MultiSelect
      {...rest}
      {...choices}
      searchable
      data={first ? [first, ...data] : data}
      value={value}
      filter={searching ? ({ options }) => options : undefined}
    />
  );
}
