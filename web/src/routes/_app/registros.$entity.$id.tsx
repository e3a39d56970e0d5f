import { createFileRoute } from '@tanstack/react-router';
import { RecordPage } from '@/modules/records/RecordPage';

export const Route = createFileRoute('/_app/registros/$entity/$id')({
  validateSearch: (search: Record<string, unknown>): { asOf?: string } => ({
    asOf: typeof search.asOf === 'string' ? search.asOf : undefined,
  }),
  component: function RecordRoute() {
    const { entity, id } = Route.useParams();
    return <RecordPage name={entity} id={id} asOf={Route.useSearch().asOf} />;
  },
});
