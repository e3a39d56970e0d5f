import { createFileRoute } from '@tanstack/react-router';
import { ResetPassword } from '@/modules/accounts/ResetPassword';

export const Route = createFileRoute('/redefinir-senha')({
  validateSearch: (search: Record<string, unknown>): { token?: string } => ({
    token: typeof search.token === 'string' ? search.token : undefined,
  }),
  component: function ResetPasswordRoute() {
    return <ResetPassword token={Route.useSearch().token ?? ''} />;
  },
});
