import { useTranslation } from 'react-i18next';
import type { Schema } from '@/api/types';
import type { ListHeadProps } from '@/ui/screens';
import { StatStrip, type Stat } from '@/ui/StatStrip';
import { useCustomerStats } from './useCustomerStats';

export function CustomerStats({ search, onSearch }: ListHeadProps) {
  const { t } = useTranslation();
  const stats = useCustomerStats();
  const one = (key: Exclude<keyof Schema<'ContactStats'>, 'newDays'>, hue?: Stat['hue']): Stat => ({
    key,
    label: t(`customers.stats.${key}`),
    value: stats?.[key],
    hue,
  });
  return (
    <StatStrip
      label={t('customers.stats.label')}
      active={search.status ?? 'total'}
      onPick={(key) => onSearch({ status: key === 'total' ? undefined : key, page: undefined })}
      stats={[
        one('total'),
        one('active', 'green'),
        one('new', 'violet'),
        one('prospect', 'blue'),
        one('inactive', 'gray'),
      ]}
    />
  );
}
