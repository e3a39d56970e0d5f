import { IconFileDollar } from '@tabler/icons-react';
import { soon } from '@/lib/soon';
import type { ListParts, WebModule } from '@/ui/screens';

const list: ListParts = { cells: { name: (row) => <em>Proposta {String(row.name)}</em> } };
/** A capability that does not exist: what it says must be enough. */
export const sales: WebModule = {
  entities: [
    {
      entity: 'proposal',
      icon: IconFileDollar,
      address: '/propostas',
      group: 'sales',
      letter: 'p',
      list: () => Promise.resolve(list),
      refreshes: () => [['forecast']],
    },
    { entity: 'item', icon: IconFileDollar, opens: () => ({ to: '/propostas/p1' }) },
  ],
  settings: [
    {
      group: 'data',
      address: '/config/funis',
      icon: IconFileDollar,
      label: 'Funis de venda',
      page: soon(() => Promise.resolve(() => <h1>Os funis</h1>)),
    },
  ],
};
