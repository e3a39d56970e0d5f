import { createFileRoute } from '@tanstack/react-router';

export const Route = createFileRoute('/entrar')({
  validateSearch: (search: Record<string, unknown>): { voltar?: string } => ({
    voltar: typeof search.voltar === 'string' ? search.voltar : undefined,
  }),
  component: () => null,
});
