import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { recordChoices, type RecordRow } from '@/api/records';
import { useTitles } from '@/ui/useTitles';
import type { MetaEntity } from '@/api/types';

export interface Choice {
  value: string;
  label: string;
}
const PAUSE_MS = 200;

/** What is no longer in use is not chosen any more. */
export const isInUse = ({ active, isActive }: RecordRow) => active !== false && isActive !== false;

/** Records to choose from as the server finds them for what is typed; the chosen ones by name. */
export function useChoices(entity: MetaEntity, chosen: string[], told?: string) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [wanted] = useDebouncedValue(text.trim(), PAUSE_MS);
  const titles = useTitles(told ? [] : chosen.map((id) => ({ target: entity.name, id })));
  const picked = chosen.flatMap((id) => {
    const label = told ?? titles(entity.name, id);
    return label === undefined ? [] : [{ value: id, label }];
  });
  // The name of what is chosen stands in the box: it is no question to the server.
  const search = picked.some(({ label }) => label === wanted) ? '' : wanted;
  const found = useQuery(recordChoices(entity, search));
  const rows = (found.data?.data ?? []).filter(isInUse);
  const data: Choice[] = rows.map((row) => ({
    value: row.id,
    label: String(row[entity.titleField] ?? row.id),
  }));
  const rest = picked.filter(({ value }) => !data.some((one) => one.value === value));
  const waiting = found.isFetching || wanted !== text.trim();
  const silence = found.isError ? 'failed' : waiting ? 'searching' : 'nothing';
  return {
    data: [...rest, ...data],
    searching: search !== '',
    onSearchChange: setText,
    nothingFoundMessage: t(`records.link.${silence}`),
  };
}
