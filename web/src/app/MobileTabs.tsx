import { IconMenu2, IconSearch } from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMe, useMeta } from '@/api/me';
import styles from './Mobile.module.css';
import { isAt, mainNavigation, type NavEntry } from './navigation';

const FIRST = 3;

/** Thumbs' navigation: the first screens, search, and everything else behind "Mais". */
export function MobileTabs({ onMore, onSearch }: { onMore: () => void; onSearch: () => void }) {
  const { t } = useTranslation();
  const { user } = useMe();
  const screens = mainNavigation(user, useMeta())
    .flatMap(({ entries }) => entries)
    .slice(0, FIRST);
  return (
    <nav className={styles.tabs} aria-label={t('shell.nav.short')}>
      {screens.map((entry) => (
        <Tab key={entry.to} entry={entry} />
      ))}
      <button type="button" className={styles.tab} onClick={onSearch}>
        <IconSearch size={20} stroke={1.7} aria-hidden />
        {t('ui.search')}
      </button>
      <button type="button" className={styles.tab} onClick={onMore}>
        <IconMenu2 size={20} stroke={1.7} aria-hidden />
        {t('shell.nav.more')}
      </button>
    </nav>
  );
}

function Tab({ entry: { to, icon: Icon, label } }: { entry: NavEntry }) {
  const { t } = useTranslation();
  const active = isAt(useLocation().pathname, to);
  return (
    <Link
      to={to as string}
      className={styles.tab}
      data-active={active || undefined}
      aria-current={active ? 'page' : undefined}
    >
      <Icon size={20} stroke={1.7} aria-hidden />
      <span className={styles.label}>{t(label)}</span>
    </Link>
  );
}
