import { useMemo } from 'react';
import { readListSearch } from '@/ui/EntityTable/listSearch';
import { PageMissing } from './PageStates';
import { ImportPage, ListPage, placeAt, RecordPage } from './places';

interface ScreenPageProps {
  path: string;
  search: Record<string, unknown>;
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** The page of an address that some module, or a declaration alone, brought along. */
export function ScreenPage({ path, search }: ScreenPageProps) {
  const place = placeAt(path);
  const list = useMemo(() => readListSearch(search), [search]);
  if (!place) return <PageMissing />;
  const { entity, screen, shows, id } = place;
  if (shows === 'list') return <ListPage name={entity} screen={screen} search={list} />;
  if (shows === 'import') return <ImportPage name={entity} id={text(search.id)} />;
  const Dashboard = screen?.dashboard;
  if (shows === 'dashboard' && Dashboard) return <Dashboard />;
  const Own = screen?.page;
  if (Own) return <Own id={id} search={search} />;
  return <RecordPage name={entity} screen={screen} id={id} asOf={text(search.asOf)} />;
}
