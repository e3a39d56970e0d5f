import { createFileRoute } from '@tanstack/react-router';
import { ImportPage } from '@/modules/customers/import/ImportPage';

export const Route = createFileRoute('/_app/clientes/importar')({
  validateSearch: (search: Record<string, unknown>): { id?: string } => ({
    id: typeof search.id === 'string' ? search.id : undefined,
  }),
  component: function ImportRoute() {
    const { id } = Route.useSearch();
    return <ImportPage id={id} />;
  },
});
