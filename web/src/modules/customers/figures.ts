import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '@/api/client';
import { keys } from '@/api/keys';
import type { Schema } from '@/api/types';
import { lastMonths, spansBefore } from '@/lib/dates';
import { isoDay } from '@/lib/format';
import type { Hue } from '@/lib/hues';
import { can, type Holder } from '@/lib/permissions';
import type { FilterNode } from '@/ui/FilterBar/filter';
import type { Figure } from '@/ui/Home/parts';
import { CUSTOMERS } from './addresses';
import { statsQuery } from './queries';

const MONTHS = 6;
const SPANS = 5;
// Many questions at once, of numbers that move slowly: no event asks them again.
const SLOWLY = 5 * 60_000;

export const isReader = (user: Holder) => can(user, 'contact', 'read');

/** Those who came in between these days, both among them. */
export const cameBetween = (first: string, last: string): FilterNode => ({
  field: 'createdAt',
  op: 'between',
  value: [first, last],
});

/** How many of them there are, of all or of some, and by what. */
export const counted = (filter?: FilterNode, by?: string) =>
  unwrap(
    api.GET('/api/v1/contacts/counts', {
      params: { query: { by, filter: filter && JSON.stringify(filter) } },
    }),
  );

/** Days that are over count no more newcomers: asked for once a day, whatever happens today. */
const earlierQuery = (today: string, days: number) =>
  queryOptions({
    queryKey: [...keys.all('contact'), 'came', today, days] as const,
    queryFn: () =>
      Promise.all(
        spansBefore(today, days, SPANS).map(async ([first, last]) => {
          const { total } = await counted(cameBetween(first, last));
          return total;
        }),
      ),
    staleTime: SLOWLY,
  });

/** Who came within the days that the company calls new, and how many within as many before. */
const newcomersQuery = queryOptions({
  queryKey: [...keys.stats('contact'), 'newcomers'] as const,
  queryFn: async ({ client }) => {
    const { new: count, newDays: days } = await unwrap(api.GET('/api/v1/contacts/stats'));
    const earlier = await client.fetchQuery(earlierQuery(isoDay(new Date()), days));
    return { count, before: earlier.at(-1), trend: [...earlier, count], words: { days } };
  },
});

/** How many came in each of the last months. */
export const monthsQuery = queryOptions({
  queryKey: [...keys.all('contact'), 'months'] as const,
  queryFn: () =>
    Promise.all(
      lastMonths(isoDay(new Date()), MONTHS).map(async ([first, last]) => ({
        ...{ first, last },
        count: (await counted(cameBetween(first, last))).total,
      })),
    ),
  staleTime: SLOWLY,
});

/** How many are persons, and how many companies. */
export const kindsQuery = queryOptions({
  queryKey: [...keys.stats('contact'), 'kinds'] as const,
  queryFn: () => counted(undefined, 'kind'),
});

type Counted = Exclude<keyof Schema<'ContactStats'>, 'new' | 'newDays'>;

const plain = (key: Counted, hue?: Hue): Figure => ({
  ...{ key: `contact.${key}`, hue, isFor: isReader },
  label: `customers.figures.${key}`,
  to: { to: CUSTOMERS, search: key === 'total' ? undefined : { status: key } },
  asked: () => ({ ...statsQuery, select: (stats) => ({ count: stats[key] }) }),
});

const newcomers: Figure = {
  ...{ key: 'contact.new', hue: 'violet', isFor: isReader },
  label: 'customers.figures.new',
  to: { to: CUSTOMERS, search: { status: 'new' } },
  asked: () => newcomersQuery,
};

const total = plain('total');
export const homeFigures: Figure[] = [total, newcomers];
export const allFigures: Figure[] = [
  total,
  plain('active', 'green'),
  newcomers,
  plain('prospect', 'blue'),
  plain('inactive', 'gray'),
];
