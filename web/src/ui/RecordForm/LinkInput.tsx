import { Select, type SelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMetaEntity } from '@/api/me';
import { recordChoices, recordDetail, type RecordRow } from '@/api/records';
import type { MetaEntity } from '@/api/types';

interface LinkInputProps extends Omit<SelectProps, 'value' | 'onChange' | 'data'> {
  target: string;
  value: string | null;
  opened?: boolean;
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
function LinkSelect({ entity, value, opened, onChange, label, ...rest }: LinkSelectProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [wanted] = useDebouncedValue(text, 200);
  const chosen = useQuery({ ...recordDetail(entity, value ?? ''), enabled: value !== null });
  const titleOf = (row: RecordRow) => String(row[entity.titleField] ?? row.id);
  const current = chosen.data && { value: chosen.data.id, label: titleOf(chosen.data) };
  // The name of what is chosen stands in the box: it is no question to the server.
  const search = entity.searchable && wanted !== current?.label ? wanted : '';
  const found = useQuery(recordChoices(entity, search));
  const rows = (found.data?.data ?? []).filter((row) => row.active !== false);
  const data = rows.map((row) => ({ value: row.id, label: titleOf(row) }));
  if (current && !data.some((one) => one.value === current.value)) data.unshift(current);
  return (
    <Select
      {...rest}
      label={label}
      searchable
      data={data}
      value={value}
      defaultDropdownOpened={opened}
      onSearchChange={setText}
      filter={search ? ({ options }) => options : undefined}
      onChange={onChange}
      nothingFoundMessage={t('records.link.nothing')}
      clearButtonProps={{ 'aria-label': t('ui.clear') }}
    />
  );
}
