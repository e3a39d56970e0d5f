import { Select, type SelectProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMetaEntity } from '@/api/me';
import type { MetaEntity } from '@/api/types';
import { useChoices, type Choice } from './useChoices';

interface LinkInputProps extends Omit<SelectProps, 'value' | 'onChange' | 'data'> {
  target: string;
  value: string | null;
  opened?: boolean;
  /** What the chosen one is called, where the record says so: nobody is asked then. */
  told?: string;
  /** Stands before what the server finds: "me". */
  first?: Choice;
  onChange: (id: string | null) => void;
}

export function LinkInput({ target, ...props }: LinkInputProps) {
  const entity = useMetaEntity(target);
  return entity ? <LinkSelect {...props} entity={entity} /> : null;
}

interface LinkSelectProps extends Omit<LinkInputProps, 'target'> {
  entity: MetaEntity;
}

/** Chooses another record by name; the server searches. */
function LinkSelect(props: LinkSelectProps) {
  const { entity, value, opened, told, first, onChange, label, ...rest } = props;
  const { t } = useTranslation();
  const chosen = value !== null && value !== first?.value ? [value] : [];
  const { data, searching, ...choices } = useChoices(entity, chosen, told);
  return (
    <Select
      {...rest}
      {...choices}
      label={label}
      searchable
      data={first ? [first, ...data] : data}
      value={value}
      defaultDropdownOpened={opened}
      // A form begins in its first field: what there is to choose would lie over the others.
      openOnFocus={false}
      filter={searching ? ({ options }) => options : undefined}
      onChange={onChange}
      clearButtonProps={{ 'aria-label': t('ui.clear') }}
    />
  );
}
