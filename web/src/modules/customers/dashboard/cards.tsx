import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMetaEntity } from '@/api/me';
import { fieldsOf } from '@/api/records';
import { month, monthYear } from '@/lib/format';
import { isHue } from '@/lib/hues';
import type { FilterNode } from '@/ui/FilterBar/filter';
import { ErrorState } from '@/ui/ErrorState';
import { HomeCard } from '@/ui/Home/HomeCard';
import { Pillars } from '@/ui/Home/Pillars';
import { Shares, type Share } from '@/ui/Home/Shares';
import { RowSkeletons } from '@/ui/Skeletons';
import { CUSTOMERS } from '../addresses';
import { cameBetween, kindsQuery, monthsQuery } from '../figures';
import { useCustomerStats } from '../useCustomerStats';
import { statsQuery } from '../queries';
import { NOBODY, ownersQuery } from './owners';

const listWith = (filter: FilterNode) => ({ to: CUSTOMERS, search: { filter } });

interface AskedCardProps<Data> {
  title: string;
  text?: string;
  query: UseQueryResult<Data>;
  children: (data: Data) => ReactNode;
}

/** A card whose numbers come by themselves, and fail by themselves. */
function AskedCard<Data>({ title, text, query, children }: AskedCardProps<Data>) {
  const { t } = useTranslation();
  const { data, error, refetch } = query;
  return (
    <HomeCard title={title} text={text}>
      {data !== undefined ? (
        children(data)
      ) : error ? (
        <ErrorState
          error={error}
          subject={t('customers.dashboard.subject')}
          onRetry={() => void refetch()}
        />
      ) : (
        <RowSkeletons rows={4} avatar={false} />
      )}
    </HomeCard>
  );
}

/** How many came, month by month. */
export function MonthsCard() {
  const { t } = useTranslation();
  return (
    <AskedCard title={t('customers.dashboard.months')} query={useQuery(monthsQuery)}>
      {(months) => (
        <Pillars
          pillars={months.map(({ first, last, count }) => ({
            ...{ key: first, label: month(first), name: monthYear(first), count },
            to: listWith(cameBetween(first, last)),
          }))}
        />
      )}
    </AskedCard>
  );
}

/** The options of a choice of theirs, as the server calls them. */
function useOptions(key: string) {
  const entity = useMetaEntity('contact');
  return (entity && fieldsOf(entity).find((field) => field.key === key)?.options) ?? [];
}

export function StatusCard() {
  const { t } = useTranslation();
  const options = useOptions('status');
  return (
    <AskedCard title={t('customers.dashboard.status')} query={useQuery(statsQuery)}>
      {(stats) => (
        <Shares
          total={stats.total}
          shares={options.map(({ value, label, color }) => ({
            ...{ key: value, label, hue: isHue(color) ? color : undefined },
            count: Object.entries(stats).find(([key]) => key === value)?.[1] ?? 0,
            to: { to: CUSTOMERS, search: { status: value } },
          }))}
        />
      )}
    </AskedCard>
  );
}

export function KindCard() {
  const { t } = useTranslation();
  const options = useOptions('kind');
  return (
    <AskedCard title={t('customers.dashboard.kind')} query={useQuery(kindsQuery)}>
      {({ data, total }) => (
        <Shares
          total={total}
          shares={options.map(({ value, label }) => ({
            ...{ key: value, label, hue: 'teal' },
            count: data.find((one) => one.value === value)?.count ?? 0,
            to: listWith({ field: 'kind', op: 'is', value }),
          }))}
        />
      )}
    </AskedCard>
  );
}

/** Who answers for how many, and how many have nobody. */
export function OwnersCard() {
  const { t } = useTranslation();
  const total = useCustomerStats()?.total ?? 0;
  return (
    <AskedCard title={t('customers.dashboard.owners')} query={useQuery(ownersQuery)}>
      {({ owners, isWhole }) => (
        <>
          <Shares
            total={total}
            shares={owners.map(({ id, name, count, filter }): Share => ({
              ...{ key: id, count, to: listWith(filter) },
              label: id === NOBODY ? t('customers.dashboard.nobody') : name,
              hue: id === NOBODY ? 'gray' : 'blue',
            }))}
          />
          {!isWhole && <p>{t('customers.dashboard.moreOwners')}</p>}
        </>
      )}
    </AskedCard>
  );
}
