import { createFileRoute } from '@tanstack/react-router';
import { SettingsScreenPage } from '@/app/SettingsScreenPage';

export const Route = createFileRoute('/_app/config/$')({
  loader: async ({ params }) => {
    const { settingsAt } = await import('@/app/screens');
    await settingsAt(`/config/${params._splat}`)?.page.fetch();
  },
  component: function SettingsRoute() {
    return <SettingsScreenPage path={`/config/${Route.useParams()._splat}`} />;
  },
});
