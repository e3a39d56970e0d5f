import { SegmentedControl, TextInput } from '@mantine/core';
import { IconPlugConnected, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import settings from '@/ui/Settings/Settings.module.css';
import { SettingsPage } from '@/ui/Settings/SettingsPage';
import { RowSkeletons } from '@/ui/Skeletons';
import styles from './Connections.module.css';
import { IntegrationCard } from './IntegrationCard';
import { catalogueQuery, type Card } from './queries';
import { isShown, matching, SHOWN, type Shown } from './states';

export function Catalogue() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(catalogueQuery);
  return (
    <SettingsPage title={t('connections.title')} text={t('connections.intro')}>
      {data ? (
        <Cards cards={data.data} />
      ) : error ? (
        <ErrorState
          error={error}
          subject={t('connections.subject')}
          onRetry={() => void refetch()}
        />
      ) : (
        <RowSkeletons rows={8} />
      )}
    </SettingsPage>
  );
}

function Cards({ cards }: { cards: Card[] }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<Shown>('all');
  const [words, setWords] = useState('');
  const said = ({ label, text, type, setUp, stage }: Card) =>
    [
      ...[label, text, t(`connections.type.${type}`)],
      ...[t(`connections.setUp.${setUp}`), t(`connections.stage.${stage}`)],
    ].join(' ');
  const found = matching(cards, shown, words, said);
  return (
    <>
      <TextInput
        className={styles.search}
        type="search"
        aria-label={t('connections.search')}
        placeholder={t('connections.search')}
        leftSection={<IconSearch size={16} stroke={1.7} aria-hidden />}
        value={words}
        onChange={({ currentTarget }) => setWords(currentTarget.value)}
      />
      <div className={settings.tabs}>
        <SegmentedControl
          aria-label={t('connections.filter.label')}
          value={shown}
          onChange={(value) => isShown(value) && setShown(value)}
          data={SHOWN.map((value) => ({ value, label: t(`connections.filter.${value}`) }))}
        />
      </div>
      {found.length === 0 && (
        <EmptyState
          icon={<IconPlugConnected size={24} />}
          title={t(words ? 'connections.nothingFound' : `connections.nothing.${shown}`)}
        />
      )}
      <ul className={styles.cards} aria-label={t('connections.title')}>
        {found.map((card) => (
          <li key={card.name}>
            <IntegrationCard card={card} />
          </li>
        ))}
      </ul>
    </>
  );
}
