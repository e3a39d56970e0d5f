import { MantineProvider, useMantineColorScheme } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { queryClient } from '@/api/queryClient';
import { usePreferences } from '@/lib/preferences';
import { cssVariables, theme } from '@/theme';

export function Providers({ children }: { children: ReactNode }) {
  return (
    <QueryClientProvider client={queryClient}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <FollowTheme />
        {children}
        <FloatingLayer />
        {/* Toasts are announced by themselves. */}
        <Notifications position="bottom-left" limit={3} withinPortal={false} />
      </MantineProvider>
    </QueryClientProvider>
  );
}

/** Where menus, lists and dialogs hang: a place with a name, for those who go from place to place. */
function FloatingLayer() {
  const { t } = useTranslation();
  const shared = { 'data-portal': true, 'data-mantine-shared-portal-node': true };
  return <div {...shared} className="floating" role="region" aria-label={t('ui.floating')} />;
}

function FollowTheme() {
  const { theme: chosen } = usePreferences();
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => setColorScheme(chosen), [chosen, setColorScheme]);
  return null;
}
