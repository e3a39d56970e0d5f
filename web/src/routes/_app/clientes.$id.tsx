import { createFileRoute } from '@tanstack/react-router';
import { ProfilePage, type ProfileSearch } from '@/modules/customers/profile/ProfilePage';

const TABS = ['notas', 'historico'];
const TYPES = ['note', 'updated', 'created', 'imported', 'deleted'];
const one = <T,>(value: unknown, known: string[]) =>
  known.includes(String(value)) ? (value as T) : undefined;

export const Route = createFileRoute('/_app/clientes/$id')({
  validateSearch: (search: Record<string, unknown>): ProfileSearch => ({
    tab: one(search.tab, TABS),
    type: one(search.type, TYPES),
    asOf: typeof search.asOf === 'string' ? search.asOf : undefined,
    nota: typeof search.nota === 'string' ? search.nota : undefined,
  }),
  component: function ProfileRoute() {
    const { id } = Route.useParams();
    return <ProfilePage id={id} search={Route.useSearch()} />;
  },
});
