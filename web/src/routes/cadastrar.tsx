import { createFileRoute, redirect } from '@tanstack/react-router';
import { hasSession } from '@/api/session';
import { safeReturn } from '@/modules/accounts/useSignedIn';
import { Register } from '@/modules/accounts/Register';

export const Route = createFileRoute('/cadastrar')({
  validateSearch: (search: Record<string, unknown>): { voltar?: string } => ({
    voltar: typeof search.voltar === 'string' ? search.voltar : undefined,
  }),
  beforeLoad: ({ search }) => {
    if (hasSession()) throw redirect({ href: safeReturn(search.voltar) });
  },
  component: function RegisterRoute() {
    return <Register back={Route.useSearch().voltar} />;
  },
});
