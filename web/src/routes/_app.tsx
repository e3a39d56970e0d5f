import { createFileRoute, redirect } from '@tanstack/react-router';
import { asApiError } from '@/api/errors';
import { meQuery, metaQuery } from '@/api/me';
import { hasSession } from '@/api/session';
import { currentLanguage } from '@/i18n';
import { Shell } from '@/app/Shell';
import { ShellSkeleton } from '@/app/ShellSkeleton';
import { adoptAccount } from '@/app/account';

export const Route = createFileRoute('/_app')({
  beforeLoad: async ({ context: { queryClient }, location }) => {
    const signIn = () => redirect({ to: '/entrar', search: { voltar: location.href } });
    if (!hasSession() && !queryClient.getQueryData(meQuery.queryKey)) throw signIn();
    try {
      const language = currentLanguage();
      // Both at once; who turns out to speak another language waits for the words once more.
      const [me] = await Promise.all([
        queryClient.ensureQueryData(meQuery),
        queryClient.ensureQueryData(metaQuery),
      ]);
      await adoptAccount(me);
      if (currentLanguage() !== language) {
        await queryClient.fetchQuery({ ...metaQuery, staleTime: 0 });
      }
    } catch (error) {
      if (asApiError(error).status === 401) throw signIn();
      throw error;
    }
  },
  component: Shell,
  pendingComponent: ShellSkeleton,
  pendingMs: 150,
});
