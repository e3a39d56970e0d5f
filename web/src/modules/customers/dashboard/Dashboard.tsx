import { Button } from '@mantine/core';
import { IconChartBar, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/api/errors';
import { useCan, useMe } from '@/api/me';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { Columns } from '@/ui/Home/Columns';
import { FigureCard, FigureGrid } from '@/ui/Home/FigureCard';
import { Overview } from '@/ui/Home/Overview';
import { PageHeader } from '@/ui/PageHeader';
import { CUSTOMERS } from '../addresses';
import { allFigures, isReader } from '../figures';
import { statsQuery } from '../queries';
import { KindCard, MonthsCard, OwnersCard, StatusCard } from './cards';

/** The customer base in numbers; each is the way to those that it counts. */
export function Dashboard() {
  const { t } = useTranslation();
  const { user } = useMe();
  const parent = { label: t('customers.title'), to: CUSTOMERS };
  return (
    <>
      <PageHeader
        title={t('customers.dashboard.title')}
        icon={<IconChartBar size={17} stroke={1.7} />}
        parent={parent}
      />
      {isReader(user) ? (
        <Numbers />
      ) : (
        <ErrorState error={new ApiError({ status: 403 })} subject={t('customers.subject')} />
      )}
    </>
  );
}

function Numbers() {
  const { t } = useTranslation();
  const may = useCan();
  const { data } = useQuery(statsQuery);
  if (data?.total === 0) return <NoneYet />;
  return (
    <Overview label={t('customers.dashboard.title')}>
      <FigureGrid label={t('customers.stats.label')}>
        {allFigures.map((figure) => (
          <FigureCard key={figure.key} figure={figure} />
        ))}
      </FigureGrid>
      <Columns>
        {[
          <MonthsCard key="months" />,
          <StatusCard key="status" />,
          may('user', 'read') && <OwnersCard key="owners" />,
          <KindCard key="kind" />,
        ]}
      </Columns>
    </Overview>
  );
}

function NoneYet() {
  const { t } = useTranslation();
  const may = useCan();
  return (
    <EmptyState
      icon={<IconChartBar size={24} stroke={1.7} />}
      title={t('customers.empty.title')}
      action={
        may('contact', 'create') && (
          <Button
            leftSection={<IconPlus size={16} stroke={2} />}
            renderRoot={(props) => <Link to={CUSTOMERS} search={{ novo: 1 }} {...props} />}
          >
            {t('customers.new')}
          </Button>
        )
      }
    >
      {t('customers.dashboard.emptyText')}
    </EmptyState>
  );
}
