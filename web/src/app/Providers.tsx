import { MantineProvider, useMantineColorScheme } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import { queryClient } from '@/api/queryClient';
import { usePreferences } from '@/lib/preferences';
import { cssVariables, theme } from '@/theme';

export function Providers({ children }: { children: ReactNode }) {
  return (
    <QueryClientProvider client={queryClient}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <FollowTheme />
        {children}
        <Notifications position="bottom-left" limit={3} />
      </MantineProvider>
    </QueryClientProvider>
  );
}

function FollowTheme() {
  const { theme: chosen } = usePreferences();
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => setColorScheme(chosen), [chosen, setColorScheme]);
  return null;
}
