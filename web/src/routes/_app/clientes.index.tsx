import { createFileRoute } from '@tanstack/react-router';
import { CustomersPage } from '@/modules/customers/CustomersPage';
import { readListSearch } from '@/ui/EntityTable/listSearch';

export const Route = createFileRoute('/_app/clientes/')({
  validateSearch: readListSearch,
  component: function CustomersRoute() {
    return <CustomersPage search={Route.useSearch()} />;
  },
});
