import { SegmentedControl } from '@mantine/core';
import { IconLayoutGrid, IconLayoutKanban, IconList } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './EntityTable.module.css';
import { VIEWS, type ListSearch, type View } from './listSearch';

const ICONS = { list: IconList, cards: IconLayoutGrid, board: IconLayoutKanban };

interface ViewSwitchProps {
  view: View;
  hasBoard?: boolean;
  onSearch: (change: Partial<ListSearch>) => void;
}

/** How the same records are looked at; of what has a board, that is what comes first. */
export function ViewSwitch({ view, hasBoard = false, onSearch }: ViewSwitchProps) {
  const { t } = useTranslation();
  const usual: View = hasBoard ? 'board' : 'list';
  const views: View[] = hasBoard ? ['board', 'list', 'cards'] : ['list', 'cards'];
  return (
    <SegmentedControl
      size="xs"
      className={styles.views}
      aria-label={t('records.view.label')}
      value={view}
      onChange={(next) => {
        const chosen = VIEWS.find((one) => one === next);
        onSearch({ view: chosen === usual ? undefined : chosen, page: undefined });
      }}
      data={views.map((value) => ({
        value,
        label: <ViewIcon view={value} text={t(`records.view.${value}`)} />,
      }))}
    />
  );
}

function ViewIcon({ view, text }: { view: View; text: string }) {
  const Icon = ICONS[view];
  return (
    <span className={styles.viewIcon}>
      <Icon size={15} stroke={1.8} aria-hidden />
      <span className="srOnly">{text}</span>
    </span>
  );
}
