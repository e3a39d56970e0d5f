import { DASHBOARD } from '@/lib/addresses';
import { soon } from '@/lib/soon';
import { ImportPage } from '@/modules';
import { partsOf } from '@/ui/EntityPage/parts';
import type { EntityScreen } from '@/ui/screens';
import { screens } from './screens';

/** What an address shows: the list of an entity, its numbers, one record of it, or its import. */
export interface Place {
  entity: string;
  /** Absent where the general pages were asked for by name. */
  screen?: EntityScreen;
  shows: 'list' | 'import' | 'dashboard' | 'record';
  id: string;
}

const GENERAL = /^\/registros\/([^/]+)/;

function shownAt(id: string, screen: EntityScreen | undefined): Place['shows'] {
  if (id === '') return 'list';
  if (id === 'importar') return 'import';
  return id === DASHBOARD && screen?.dashboard ? 'dashboard' : 'record';
}

/** `/clientes`, `/clientes/importar`, `/clientes/painel`, `/clientes/{id}`; of any entity `/registros/{entity}/…`. */
export function placeAt(path: string): Place | undefined {
  const general = GENERAL.exec(path);
  const screen = screens.find(({ address }) => address && `${path}/`.startsWith(`${address}/`));
  const entity = general?.[1] ?? screen?.entity;
  const home = general?.[0] ?? screen?.address;
  if (entity === undefined || home === undefined) return undefined;
  const [id = '', ...more] = path.slice(home.length).split('/').filter(Boolean);
  if (more.length > 0) return undefined;
  return { entity, screen, shows: shownAt(id, screen), id };
}

export const ListPage = soon(async () => (await import('@/ui/EntityPage/EntityPage')).EntityPage);
export const RecordPage = soon(
  async () => (await import('@/ui/EntityPage/EntityRecordPage')).EntityRecordPage,
);
export { ImportPage };

/** Fetches what an address shows, so that the page before stays until it is there. */
export async function prepare(path: string): Promise<void> {
  const place = placeAt(path);
  if (!place) return;
  const { screen, shows } = place;
  if (shows === 'import') await ImportPage.fetch();
  else if (shows === 'dashboard') await screen?.dashboard?.fetch();
  else if (shows === 'record') await (screen?.page ?? RecordPage).fetch();
  else await Promise.all([ListPage.fetch(), partsOf(screen), screen?.board?.fetch()]);
}
