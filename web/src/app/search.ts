import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '@/api/client';
import { keys } from '@/api/keys';

const PER_GROUP = 5;

export const searchQuery = (text: string) =>
  queryOptions({
    queryKey: keys.search(text),
    queryFn: () =>
      unwrap(api.GET('/api/v1/search', { params: { query: { q: text, limit: PER_GROUP } } })),
    enabled: text.length > 0,
    placeholderData: keepPreviousData,
  });
