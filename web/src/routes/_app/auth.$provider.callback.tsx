import { createFileRoute } from '@tanstack/react-router';
import { ProviderReturn } from '@/modules/connections/ProviderReturn';

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

export const Route = createFileRoute('/_app/auth/$provider/callback')({
  validateSearch: (search: Record<string, unknown>) => ({
    state: text(search.state),
    code: text(search.code),
    error: text(search.error),
  }),
  component: function ProviderReturnRoute() {
    const { state = '', code, error } = Route.useSearch();
    return <ProviderReturn {...Route.useParams()} state={state} code={code} error={error} />;
  },
});
