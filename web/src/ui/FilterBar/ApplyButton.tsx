import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { recordList } from '@/api/records';
import { num } from '@/lib/format';
import { tidy, type FilterNode } from './filter';

/** The question whose answer tells how many records a filter finds. */
export type Counting = (filter: FilterNode | undefined) => ReturnType<typeof recordList>;

interface ApplyButtonProps {
  filter: FilterNode;
  counting: Counting;
}

const PAUSE_MS = 250;

/** "Mostrar 95": how many there will be, told before it is pressed. */
export function ApplyButton({ filter, counting }: ApplyButtonProps) {
  const { t } = useTranslation();
  const asked = tidy(filter);
  const [settled] = useDebouncedValue(JSON.stringify(asked), PAUSE_MS);
  const ready = settled === JSON.stringify(asked);
  const { data, isPlaceholderData } = useQuery({ ...counting(asked), enabled: ready });
  const { total, totalRelation } = data?.pagination ?? {};
  const known = ready && !isPlaceholderData && total !== undefined;
  return (
    <Button type="submit">
      {known
        ? t('records.filter.show', { number: num(total) + (totalRelation === 'gte' ? '+' : '') })
        : t('records.filter.apply')}
    </Button>
  );
}
