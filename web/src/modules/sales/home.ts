import { IconClockExclamation, IconHourglass } from '@tabler/icons-react';
import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { totalIn, totalQuery } from '@/api/figures';
import { keys } from '@/api/keys';
import { recordCounts } from '@/api/records';
import { listOf } from '@/lib/addresses';
import { spansBefore } from '@/lib/dates';
import { isoDay } from '@/lib/format';
import { can, type Holder } from '@/lib/permissions';
import type { FilterNode, Leaf } from '@/ui/FilterBar/filter';
import type { HomeParts, Wait } from '@/ui/Home/parts';
import { OpenProposals } from './OpenProposals';

const PROPOSAL = { name: 'proposal', plural: 'proposals' };
const DAYS = 30;
const SPANS = 5;
const SOON_DAYS = 7;

const isReader = (user: Holder) => can(user, 'proposal', 'read');
const status = (value: string): Leaf => ({ field: 'status', op: 'is', value });
const all = (...and: FilterNode[]): FilterNode => ({ and });
const listWith = (filter: FilterNode) => ({ to: listOf('proposal'), search: { filter } });

const lately: Leaf = { field: 'decidedAt', op: 'last_days', value: DAYS };
const accepted = all(status('accepted'), lately);

const countOf = async (client: QueryClient, when: Leaf) =>
  totalIn(await client.fetchQuery(totalQuery(PROPOSAL, all(status('accepted'), when))));

/** Days that are over: asked for once in a while. */
const earlierQuery = (today: string) =>
  queryOptions({
    queryKey: [...keys.all('proposal'), 'accepted', today] as const,
    queryFn: ({ client }) =>
      Promise.all(
        spansBefore(today, DAYS, SPANS).map((value) =>
          countOf(client, { field: 'decidedAt', op: 'between', value }),
        ),
      ),
    staleTime: 5 * 60_000,
  });

const acceptedQuery = queryOptions({
  queryKey: [...keys.stats('proposal'), 'accepted'] as const,
  queryFn: async ({ client }) => {
    const earlier = await client.fetchQuery(earlierQuery(isoDay(new Date())));
    const count = await countOf(client, lately);
    return { count, before: earlier.at(-1), trend: [...earlier, count], words: { days: DAYS } };
  },
});

/** Those that this person is answerable for and that wait for the customer's answer. */
function waiting(key: string, icon: Wait['icon'], hue: Wait['hue'], until: () => Leaf): Wait {
  const filterOf = (user: Holder) =>
    all(status('sent'), until(), { field: 'assignedTo', op: 'is', value: user.id });
  return {
    ...{ key: `proposal.${key}`, icon, hue, isFor: isReader },
    label: `sales.home.${key}`,
    asked: (user) => ({
      ...totalQuery(PROPOSAL, filterOf(user)),
      select: (page) => ({ count: totalIn(page), to: listWith(filterOf(user)) }),
    }),
  };
}

/** What is offered, what came of it, and what should be asked about. */
export const home: HomeParts = {
  figures: [
    {
      ...{ key: 'proposal.sent', hue: 'blue', isFor: isReader },
      label: 'sales.home.open',
      to: { to: listOf('proposal'), search: { status: 'sent' } },
      asked: () => ({
        ...recordCounts(PROPOSAL, status('sent')),
        select: ({ total }) => ({ count: total }),
      }),
    },
    {
      ...{ key: 'proposal.accepted', hue: 'green', isFor: isReader },
      label: 'sales.home.accepted',
      to: listWith(accepted),
      asked: () => acceptedQuery,
    },
  ],
  waits: [
    waiting('late', IconClockExclamation, 'red', () => ({
      ...{ field: 'validUntil', op: 'before', value: isoDay(new Date()) },
    })),
    waiting('soon', IconHourglass, 'amber', () => ({
      ...{ field: 'validUntil', op: 'next_days', value: SOON_DAYS },
    })),
  ],
  cards: [{ key: 'proposals', isFor: isReader, Card: OpenProposals }],
};
