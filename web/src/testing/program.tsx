// The whole program on a server that answers as a test says.
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRouter, RouterProvider } from '@tanstack/react-router';
import { act, render, waitFor } from '@testing-library/react';
import { expect, vi } from 'vitest';
import { openSession } from '@/api/session';
import { screens, settingsScreens } from '@/app/screens';
import { routeTree } from '@/routeTree.gen';
import { theme } from '@/theme';

export const signIn = () =>
  openSession({ accessToken: 'token', refreshToken: 'refresh', user: { id: 'me' } });

type Answer = (url: URL, method: string) => Response;

/** Answers every request; what it throws is a network that fails. */
export function serve(answer: Answer): void {
  vi.stubGlobal('fetch', (request: Request | string) => {
    const [address, method] =
      typeof request === 'string' ? [request, 'POST'] : [request.url, request.method];
    return Promise.resolve().then(() => answer(new URL(address, location.origin), method));
  });
}

const routerAt = (address: string, queryClient: QueryClient) =>
  createRouter({
    routeTree,
    context: { queryClient },
    history: createMemoryHistory({ initialEntries: [address] }),
  });

const ofEntity = (home: string) => [home, `${home}/importar`, `${home}/$id`];

/** Of the route tree, as they are written there, and of the modules: `/clientes/$id`. */
export const everyPath = () => [
  ...Object.keys(routerAt('/', new QueryClient()).routesByPath),
  ...screens.flatMap(({ address }) => (address ? ofEntity(address) : [])),
  ...ofEntity('/registros/$entity'),
  ...settingsScreens.map(({ address }) => address),
];

export async function openProgram(address: string) {
  const client = new QueryClient({
    defaultOptions: { queries: { retry: false, networkMode: 'always' } },
  });
  const router = routerAt(address, client);
  const settle = async () => {
    await act(() => router.load());
    await waitFor(() => expect(client.isFetching()).toBe(0));
    await act(async () => {});
  };
  const go = async (href: string) => {
    await act(() => router.navigate({ href }));
    await settle();
  };
  render(
    <QueryClientProvider client={client}>
      <MantineProvider env="test" theme={theme}>
        <RouterProvider router={router} />
      </MantineProvider>
    </QueryClientProvider>,
  );
  await settle();
  return { router, client, settle, go };
}
