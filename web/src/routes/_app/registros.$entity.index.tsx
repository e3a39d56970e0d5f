import { createFileRoute } from '@tanstack/react-router';
import { RecordsPage } from '@/modules/records/RecordsPage';
import { readListSearch } from '@/ui/EntityTable/listSearch';

export const Route = createFileRoute('/_app/registros/$entity/')({
  validateSearch: readListSearch,
  component: function RecordsRoute() {
    const { entity } = Route.useParams();
    return <RecordsPage name={entity} search={Route.useSearch()} />;
  },
});
