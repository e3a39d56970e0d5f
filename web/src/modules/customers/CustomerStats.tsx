import { useTranslation } from 'react-i18next';
import type { Schema } from '@/api/types';
import { StatStrip, type Stat } from '@/ui/StatStrip';

interface CustomerStatsProps {
  stats: Schema<'ContactStats'> | undefined;
  active: string;
  onPick: (key: string) => void;
}

export function CustomerStats({ stats, active, onPick }: CustomerStatsProps) {
  const { t } = useTranslation();
  const one = (key: keyof Schema<'ContactStats'>, hue?: Stat['hue']): Stat => ({
    key,
    label: t(`customers.stats.${key}`),
    value: stats?.[key],
    hue,
  });
  return (
    <StatStrip
      label={t('customers.stats.label')}
      active={active}
      onPick={onPick}
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
