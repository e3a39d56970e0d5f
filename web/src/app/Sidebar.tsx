import { Tooltip } from '@mantine/core';
import {
  IconBell,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconSearch,
  IconSettings,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMe, useMeta } from '@/api/me';
import { unreadQuery } from '@/api/notifications';
import { INBOX } from '@/lib/addresses';
import { Kbd } from '@/ui/Kbd';
import { isAt, mainNavigation, type NavEntry } from './navigation';
import styles from './Sidebar.module.css';
import { TenantMenu } from './TenantMenu';
import { UserMenu } from './UserMenu';

interface SidebarProps {
  collapsed?: boolean;
  onSearch: () => void;
  onHelp: () => void;
  /** Narrow or wide; on a phone the menu is a drawer of its own. */
  onToggle?: () => void;
  /** On a phone the menu closes behind a choice. */
  onNavigate?: () => void;
}

export function Sidebar(props: SidebarProps) {
  const { collapsed = false, onSearch, onHelp, onToggle, onNavigate } = props;
  const { t } = useTranslation();
  const { user } = useMe();
  // On a phone it hangs in a drawer, which is a place of its own already.
  const Frame = onNavigate ? 'div' : 'aside';
  const groups = mainNavigation(user, useMeta());
  const inbox = { to: INBOX, icon: IconBell, label: 'notifications.title' };
  const { data: unread } = useQuery(unreadQuery);
  const settings = { to: '/config', icon: IconSettings, label: 'settings.title' };
  const search = () => {
    onNavigate?.();
    onSearch();
  };
  return (
    <Frame
      className={styles.sidebar}
      aria-label={onNavigate ? undefined : t('shell.menu')}
      data-collapsed={collapsed || undefined}
    >
      <TenantMenu collapsed={collapsed} onNavigate={onNavigate} />
      <Hint label={t('ui.search')} shown={collapsed}>
        <button
          type="button"
          className={styles.search}
          onClick={search}
          aria-label={t('ui.search')}
        >
          <IconSearch size={16} stroke={1.7} aria-hidden />
          {!collapsed && <span className={styles.searchText}>{t('ui.search')}</span>}
          {!collapsed && <Kbd keys="mod+k" />}
        </button>
      </Hint>
      <nav className={styles.nav} aria-label={t('shell.nav.label')}>
        {groups.map(({ label, entries }) => (
          <div key={label ?? ''} className={styles.group}>
            {!collapsed && label && <h2 className={styles.heading}>{t(label)}</h2>}
            <ul>
              {entries.map((entry) => (
                <li key={entry.to}>
                  <NavLink entry={entry} collapsed={collapsed} onNavigate={onNavigate} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <div className={styles.foot}>
        {onToggle && <FoldButton collapsed={collapsed} onToggle={onToggle} />}
        <NavLink entry={inbox} count={unread} collapsed={collapsed} onNavigate={onNavigate} />
        <NavLink entry={settings} collapsed={collapsed} onNavigate={onNavigate} />
        <UserMenu collapsed={collapsed} onHelp={onHelp} onNavigate={onNavigate} />
      </div>
    </Frame>
  );
}

interface NavLinkProps {
  entry: NavEntry;
  /** What waits there. */
  count?: number;
  collapsed: boolean;
  onNavigate?: () => void;
}

function NavLink({ entry, count = 0, collapsed, onNavigate }: NavLinkProps) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const { to, icon: Icon, label } = entry;
  const active = isAt(pathname, to);
  return (
    <Hint label={t(label)} shown={collapsed}>
      <Link
        to={to as string}
        className={styles.item}
        data-active={active || undefined}
        aria-current={active ? 'page' : undefined}
        aria-label={collapsed ? t(label) : undefined}
        onClick={onNavigate}
      >
        <Icon size={17} stroke={1.7} aria-hidden />
        {!collapsed && <span className={styles.searchText}>{t(label)}</span>}
        <Count count={count} />
      </Link>
    </Hint>
  );
}

/** How much waits; as a dot where there is no room. */
export function Count({ count }: { count: number }) {
  const { t } = useTranslation();
  if (count === 0) return null;
  return (
    <span className={styles.count} aria-label={t('notifications.count', { count })}>
      {count > 99 ? '99+' : count}
    </span>
  );
}

function FoldButton({ collapsed, onToggle }: { collapsed: boolean; onToggle: () => void }) {
  const { t } = useTranslation();
  const Picture = collapsed ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse;
  const label = t(collapsed ? 'shell.openSidebar' : 'shell.foldSidebar');
  return (
    <Hint label={label} shown={collapsed}>
      <button
        type="button"
        className={styles.item}
        aria-label={label}
        aria-expanded={!collapsed}
        onClick={onToggle}
      >
        <Picture size={17} stroke={1.7} aria-hidden />
        {!collapsed && <span className={styles.searchText}>{label}</span>}
        {!collapsed && <Kbd keys="[" />}
      </button>
    </Hint>
  );
}

function Hint({
  label,
  shown,
  children,
}: {
  label: string;
  shown: boolean;
  children: React.ReactNode;
}) {
  return (
    <Tooltip label={label} position="right" disabled={!shown}>
      {children}
    </Tooltip>
  );
}
