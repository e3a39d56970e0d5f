import { IconFileDollar, IconPackage } from '@tabler/icons-react';
import { soon } from '@/lib/soon';
import type { WebModule } from '@/ui/screens';
import { itemTotal, proposalTotal } from './sums';

/** What is offered to customers, for how much, and what became of it. */
export const sales: WebModule = {
  entities: [
    {
      entity: 'proposal',
      icon: IconFileDollar,
      address: '/propostas',
      group: 'sales',
      letter: 'p',
      words: 'sales.proposal',
      list: async () => (await import('./proposalList')).proposalList,
      Mark: soon(async () => (await import('./Expired')).Expired),
      previews: { 'items.total': itemTotal, total: proposalTotal },
      fills: {
        'items.productId': ({ name, unitPrice }) => ({ description: name, unitPrice }),
      },
    },
    {
      entity: 'product',
      icon: IconPackage,
      address: '/produtos',
      group: 'sales',
      words: 'sales.product',
      list: async () => (await import('./productList')).productList,
    },
  ],
};
