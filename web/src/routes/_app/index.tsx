import { createFileRoute, redirect } from '@tanstack/react-router';

// Início has no screen in this version: the customers are the start.
export const Route = createFileRoute('/_app/')({
  beforeLoad: () => {
    throw redirect({ to: '/clientes', replace: true });
  },
});
