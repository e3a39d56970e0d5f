import { createFileRoute, redirect } from '@tanstack/react-router';
import { meQuery, metaQuery } from '@/api/me';

// Início has no screen in this version: the first page that one may see is the start.
export const Route = createFileRoute('/_app/')({
  beforeLoad: async ({ context: { queryClient } }) => {
    const { user } = await queryClient.ensureQueryData(meQuery);
    // Not in the first file that the browser loads: it brings the pictures of all pages along.
    const { startOf } = await import('@/app/navigation');
    const meta = await queryClient.ensureQueryData(metaQuery);
    throw redirect({ to: startOf(user, meta), replace: true });
  },
});
