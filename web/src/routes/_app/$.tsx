import { createFileRoute } from '@tanstack/react-router';
import { ScreenPage } from '@/app/ScreenPage';

// Whatever no file here answers to: screens of modules, and what is told to be unknown.
export const Route = createFileRoute('/_app/$')({
  validateSearch: (search: Record<string, unknown>) => search,
  loader: async ({ params }) => {
    const { prepare } = await import('@/app/places');
    await prepare(`/${params._splat}`);
  },
  component: function ScreenRoute() {
    return <ScreenPage path={`/${Route.useParams()._splat}`} search={Route.useSearch()} />;
  },
});
