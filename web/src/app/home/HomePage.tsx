import { Button, Menu } from '@mantine/core';
import { IconHome, IconPlus } from '@tabler/icons-react';
import { use } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/api/me';
import { formatSettings } from '@/lib/format';
import { partOfDay } from '@/lib/partOfDay';
import { useSmallScreen } from '@/lib/useSmallScreen';
import { Columns } from '@/ui/Home/Columns';
import { FigureCard, FigureGrid } from '@/ui/Home/FigureCard';
import { Overview } from '@/ui/Home/Overview';
import { PageHeader } from '@/ui/PageHeader';
import { useOffers } from '../useOffers';
import { FirstSteps } from './FirstSteps';
import styles from './Home.module.css';
import { homeParts } from './parts';
import { useWaits } from './useWaits';
import { WaitsCard } from './WaitsCard';

/** Where everybody begins: what waits for them, and how the company stands. */
export function HomePage() {
  const { t } = useTranslation();
  const { user } = useMe();
  const { figures, waits, steps, cards } = use(homeParts());
  const mine = <Part extends { isFor: (holder: typeof user) => boolean }>(parts: Part[]) =>
    parts.filter(({ isFor }) => isFor(user));
  const waiting = useWaits(mine(waits));
  const shown = mine(figures);
  return (
    <>
      <PageHeader title={t('home.title')} icon={<IconHome size={17} stroke={1.7} />}>
        <CreateMenu />
      </PageHeader>
      <Overview label={t('home.title')}>
        <Greeting count={waiting.isPending ? undefined : waiting.found.length} />
        <FirstSteps steps={mine(steps)} />
        {shown.length > 0 && (
          <FigureGrid label={t('home.figures')}>
            {shown.map((figure) => (
              <FigureCard key={figure.key} figure={figure} />
            ))}
          </FigureGrid>
        )}
        <Columns>
          {[
            <WaitsCard key="waits" waiting={waiting} />,
            ...mine(cards).map(({ key, Card }) => <Card key={key} />),
          ]}
        </Columns>
      </Overview>
    </>
  );
}

function Greeting({ count }: { count: number | undefined }) {
  const { t } = useTranslation();
  const { user } = useMe();
  const part = partOfDay(new Date(), formatSettings().timezone);
  const name = user.name.trim().split(/\s+/)[0] ?? '';
  return (
    <div className={styles.greeting}>
      <h2 className={styles.hello}>{t(`home.hello.${part}`, { name })}</h2>
      {/* Its place is kept while it is unknown, so that nothing jumps. */}
      <p className={styles.summary}>
        {count === undefined ? ' ' : count === 0 ? t('home.nothing') : t('home.some', { count })}
      </p>
    </div>
  );
}

/** The page's one filled button: what this person may make. */
function CreateMenu() {
  const { t } = useTranslation();
  const small = useSmallScreen();
  const acts = useOffers().flatMap(({ entity, create, bring }) => [
    ...(create ? [{ key: entity, ...create }] : []),
    ...(bring ? [{ key: `${entity}-bring`, ...bring }] : []),
  ]);
  if (acts.length === 0) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          leftSection={small ? undefined : <IconPlus size={16} stroke={2} />}
          aria-label={small ? t('home.create') : undefined}
          className={styles.create}
        >
          {small ? <IconPlus size={18} stroke={2} /> : t('home.create')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {acts.map(({ key, label, run }) => (
          <Menu.Item key={key} onClick={run}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
