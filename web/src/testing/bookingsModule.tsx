import { IconCalendarEvent } from '@tabler/icons-react';
import { soon } from '@/lib/soon';
import type { ListParts, WebModule } from '@/ui/screens';

const list: ListParts = { cells: { name: (row) => <em>Reserva {String(row.name)}</em> } };
/** A capability that does not exist: what it says must be enough. */
export const bookings: WebModule = {
  entities: [
    {
      entity: 'booking',
      icon: IconCalendarEvent,
      address: '/reservas',
      group: 'sales',
      letter: 'r',
      list: () => Promise.resolve(list),
      refreshes: () => [['occupancy']],
    },
    { entity: 'voucher', icon: IconCalendarEvent, opens: () => ({ to: '/reservas/b1' }) },
  ],
  settings: [
    {
      group: 'data',
      address: '/config/salas',
      icon: IconCalendarEvent,
      label: 'Salas',
      page: soon(() => Promise.resolve(() => <h1>As salas</h1>)),
    },
  ],
};
