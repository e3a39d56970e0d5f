import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './errors';

const FINAL = new Set([400, 401, 403, 404, 409, 412, 413, 422]);

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // The amber strip says that we are offline; a paused query would show a skeleton for ever.
      networkMode: 'always',
      retry: (failures, error) =>
        failures < 2 && navigator.onLine && !(error instanceof ApiError && FINAL.has(error.status)),
      refetchOnWindowFocus: false,
      refetchOnReconnect: true,
    },
    mutations: { networkMode: 'always' },
  },
});
