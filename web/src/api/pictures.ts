import { queryOptions } from '@tanstack/react-query';
import { send } from './client';

/** A picture as the page shows it. What is in a file never changes, so it comes once. */
export const pictureQuery = (id: string) =>
  queryOptions({
    queryKey: ['file', id, 'picture'] as const,
    queryFn: async ({ signal }) => {
      const answer = await send(`/api/v1/files/${id}/content`, { signal });
      return URL.createObjectURL(await answer.blob());
    },
    staleTime: Infinity,
    gcTime: Infinity,
    retry: false,
  });
