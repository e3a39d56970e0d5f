import { QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { entity, serve } from '@/testing/page';
import { recordList } from './records';

const row = (n: number) => ({ id: String(n) });

it('a page of very large records comes in parts, and none of them is missing', async () => {
  const asked = serve(({ query }) => {
    const first = Number(query.get('cursor') ?? 51);
    const data = [row(first), row(first + 1)].slice(0, Number(query.get('limit')));
    const pagination = { limit: 5, page: 2, total: 99, nextCursor: String(first + data.length) };
    return [200, { data, pagination }];
  });

  const page = recordList(entity('contact', []), { page: 2, limit: 5, search: 'ana' });
  const { data, pagination } = await new QueryClient().fetchQuery(page);

  expect(data.map(({ id }) => id)).toEqual(['51', '52', '53', '54', '55']);
  expect(pagination).toMatchObject({ page: 2, limit: 5, total: 99, nextCursor: '56' });
  expect(asked.map(({ query }) => Object.fromEntries(query))).toEqual([
    { page: '2', limit: '5', search: 'ana' },
    { cursor: '53', limit: '3', search: 'ana' },
    { cursor: '55', limit: '1', search: 'ana' },
  ]);
});
