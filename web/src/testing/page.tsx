import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { vi } from 'vitest';
import { keys } from '@/api/keys';
import type { MetaEntity, MetaField } from '@/api/types';
import { UnsavedGuard } from '@/ui/UnsavedGuard';

/** What was asked of the server, and what it answers: a status and a body. */
export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  body: Record<string, unknown>;
  ifMatch: string | null;
}
/** Who is signed in, and what there is: true however often it is asked for. */
const known = new Map<string, unknown>();

type Answer = (asked: Asked) => [status: number, body: unknown] | undefined;

/** A server that answers as the test says, and with nothing where it says nothing. */
export function serve(answer: Answer): Asked[] {
  const heard: Asked[] = [];
  vi.stubGlobal('fetch', async (request: Request) => {
    const text = await request.text();
    const asked: Asked = {
      method: request.method,
      path: new URL(request.url).pathname,
      query: new URL(request.url).searchParams,
      body: text ? JSON.parse(text) : {},
      ifMatch: request.headers.get('If-Match'),
    };
    heard.push(asked);
    const usual = known.get(asked.path) ?? { data: [], pagination: {} };
    const [status, body] = answer(asked) ?? [200, usual];
    return new Response(JSON.stringify(body), {
      status,
      headers: { 'Content-Type': 'application/json' },
    });
  });
  return heard;
}

export const field = (key: string, label: string, more: Partial<MetaField> = {}): MetaField =>
  ({ key, label, type: 'text', required: false, readOnly: false, custom: false, ...more }) as never;

export const entity = (name: string, fields: MetaField[], more: object = {}): MetaEntity =>
  ({
    ...{ name, plural: `${name}s`, label: name, labelPlural: `${name}s`, fields },
    ...{ timeline: [], history: 'full', actions: [], ...more },
  }) as never;

interface PageOptions {
  permissions?: object;
  entities?: MetaEntity[];
  path?: string;
}

/** Shows a part of the product to somebody who is signed in. */
export function showPage(content: ReactNode, options: PageOptions = {}): QueryClient {
  const { permissions = {}, entities = [], path = '/' } = options;
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  const user = { id: 'me', name: 'Marina Lopes', role: 'admin', permissions, version: 1 };
  known.set('/api/v1/auth/me', { user, tenant: { name: 'Padaria' } });
  known.set('/api/v1/meta', { entities, roles: [] });
  client.setQueryData(keys.me, known.get('/api/v1/auth/me'));
  client.setQueryData(keys.meta, known.get('/api/v1/meta'));
  const history = createMemoryHistory({ initialEntries: [path] });
  const routeTree = createRootRoute({
    component: () => (
      <>
        {content}
        <UnsavedGuard />
      </>
    ),
  });
  const router = createRouter({ routeTree, history });
  render(
    <QueryClientProvider client={client}>
      <MantineProvider env="test">
        <RouterProvider router={router as never} />
      </MantineProvider>
    </QueryClientProvider>,
  );
  return client;
}
