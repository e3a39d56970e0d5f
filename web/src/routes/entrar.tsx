import { createFileRoute, redirect } from '@tanstack/react-router';
import { hasSession } from '@/api/session';
import { safeReturn } from '@/modules/accounts/useSignedIn';
import { SignIn } from '@/modules/accounts/SignIn';

export const Route = createFileRoute('/entrar')({
  validateSearch: (search: Record<string, unknown>): { voltar?: string } => ({
    voltar: typeof search.voltar === 'string' ? search.voltar : undefined,
  }),
  beforeLoad: ({ search }) => {
    if (hasSession()) throw redirect({ href: safeReturn(search.voltar) });
  },
  component: function SignInRoute() {
    return <SignIn back={Route.useSearch().voltar} />;
  },
});
