import { Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { CatchBoundary, Outlet, useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/api/me';
import { connectRealtime } from '@/api/socket';
import { useFocusPlace } from '@/lib/returnFocus';
import { permission } from '@/lib/push';
import { setPreferences, usePreferences } from '@/lib/preferences';
import { useNarrowScreen, useSmallScreen } from '@/lib/useSmallScreen';
import { UnsavedGuard } from '@/ui/UnsavedGuard';
import { ConnectionStrip } from './ConnectionStrip';
import { MobileBar } from './MobileBar';
import { MobileTabs } from './MobileTabs';
import { PageFailure } from './PageStates';
import { refreshesOf } from './screens';
import { SessionExpired } from './SessionExpired';
import { Sidebar } from './Sidebar';
import styles from './Shell.module.css';
import { useShellHotkeys } from './useShellHotkeys';

const loadSpotlight = () => import('./Spotlight');
const Spotlight = lazy(loadSpotlight);
const KeyboardSheet = lazy(() => import('./KeyboardSheet'));

/** The frame around every page: navigation, search, connection and session. */
export function Shell() {
  const { t } = useTranslation();
  const mobile = useSmallScreen();
  const narrow = useNarrowScreen();
  const collapsed = usePreferences().sidebarCollapsed ?? narrow;
  const [searching, search] = useDisclosure();
  const [helping, help] = useDisclosure();
  const [menuOpen, menu] = useDisclosure();
  const { href } = useLocation();
  const toggleSidebar = () => setPreferences({ sidebarCollapsed: !collapsed });
  useRealtime();
  useEffect(() => {
    // Whoever presses Ctrl+K types at once: no letter may fall into a page that is still loading.
    const timer = window.setTimeout(() => {
      void loadSpotlight();
      if (permission() === 'granted') void import('./renewPush').then((push) => push.renewPush());
    }, 400);
    return () => window.clearTimeout(timer);
  }, []);
  useFocusOnNewPage();
  useFocusPlace();
  useShellHotkeys({
    search: search.open,
    help: help.open,
    toggleSidebar,
  });
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#conteudo">
        {t('shell.skip')}
      </a>
      {mobile ? (
        <MobileBar onMenu={menu.open} onSearch={search.open} />
      ) : (
        <Sidebar
          collapsed={collapsed}
          onSearch={search.open}
          onHelp={help.open}
          onToggle={toggleSidebar}
        />
      )}
      <div className={styles.panel}>
        <ConnectionStrip />
        <main id="conteudo" className={styles.main} tabIndex={-1}>
          <CatchBoundary getResetKey={() => href} errorComponent={PageFailure}>
            <Outlet />
          </CatchBoundary>
        </main>
      </div>
      {mobile && <MobileTabs onMore={menu.open} onSearch={search.open} />}
      <Drawer
        opened={mobile && menuOpen}
        onClose={menu.close}
        position="left"
        size={300}
        withCloseButton={false}
        padding={0}
        attributes={{ content: { 'aria-label': t('shell.menu') } }}
      >
        <Sidebar onSearch={search.open} onHelp={help.open} onNavigate={menu.close} />
      </Drawer>
      <Suspense>
        {searching && <Spotlight onClose={search.close} onHelp={help.open} />}
        {helping && <KeyboardSheet onClose={help.close} />}
      </Suspense>
      <UnsavedGuard />
      <SessionExpired />
    </div>
  );
}

function useRealtime(): void {
  const client = useQueryClient();
  const { user } = useMe();
  useEffect(() => connectRealtime(client, user.id, refreshesOf), [client, user.id]);
}

/** Screen readers and the keyboard start at the new page, not where the last link was. */
function useFocusOnNewPage(): void {
  const { pathname } = useLocation();
  useEffect(() => {
    const main = document.getElementById('conteudo');
    if (document.activeElement === document.body) main?.focus({ preventScroll: true });
  }, [pathname]);
}
