import {
  IconFileDollar,
  IconFiles,
  IconLayoutKanban,
  IconPackage,
  IconTargetArrow,
  IconTargetOff,
} from '@tabler/icons-react';
import { keys } from '@/api/keys';
import { addressOf } from '@/lib/addresses';
import { can } from '@/lib/permissions';
import { soon } from '@/lib/soon';
import type { WebModule } from '@/ui/screens';
import { itemTotal, proposalTotal } from './sums';

/** What is offered to customers, for how much, and what became of it. */
export const sales: WebModule = {
  home: async () => (await import('./home')).home,
  settings: [
    {
      address: '/config/vendas',
      label: 'sales.settings.title',
      group: 'company',
      icon: IconLayoutKanban,
      isFor: (user) => can(user, 'pipeline', 'create'),
      page: soon(async () => (await import('./settings/SalesSettings')).SalesSettings),
    },
  ],
  entities: [
    {
      entity: 'lead',
      icon: IconTargetArrow,
      address: '/leads',
      group: 'sales',
      letter: 'l',
      words: 'sales.lead',
      list: async () => (await import('./leadList')).leadList,
      Mark: soon(async () => (await import('./Score')).Score),
    },
    {
      entity: 'opportunity',
      icon: IconLayoutKanban,
      address: '/funil',
      group: 'sales',
      letter: 'f',
      words: 'sales.opportunity',
      list: async () => (await import('./opportunityList')).opportunityList,
      board: soon(async () => (await import('./board/Board')).Board),
      previews: { 'items.total': itemTotal },
      fills: {
        'items.productId': ({ name, unitPrice }) => ({ description: name, unitPrice }),
      },
      // What stands in a column, and what it comes to.
      refreshes: () => [keys.stats('opportunity')],
    },
    { entity: 'lost_reason', icon: IconTargetOff, words: 'sales.lostReason' },
    {
      entity: 'proposal',
      icon: IconFileDollar,
      address: '/propostas',
      group: 'sales',
      letter: 'p',
      words: 'sales.proposal',
      list: async () => (await import('./proposalList')).proposalList,
      files: { entity: 'proposal_document', field: 'proposalId' },
      Mark: soon(async () => (await import('./Expired')).Expired),
      previews: { 'items.total': itemTotal, total: proposalTotal },
      fills: {
        'items.productId': ({ name, unitPrice }) => ({ description: name, unitPrice }),
      },
    },
    {
      entity: 'proposal_document',
      icon: IconFiles,
      // Among the others of its proposal.
      opens: async ({ id }) => {
        const { proposalId } = await (await import('./documents')).getDocument(id);
        return { to: addressOf('proposal', proposalId) };
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
