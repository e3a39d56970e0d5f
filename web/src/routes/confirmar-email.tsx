import { createFileRoute } from '@tanstack/react-router';
import { ConfirmEmail } from '@/modules/accounts/ConfirmEmail';

export const Route = createFileRoute('/confirmar-email')({
  validateSearch: (search: Record<string, unknown>): { token?: string } => ({
    token: typeof search.token === 'string' ? search.token : undefined,
  }),
  component: function ConfirmEmailRoute() {
    return <ConfirmEmail token={Route.useSearch().token ?? ''} />;
  },
});
