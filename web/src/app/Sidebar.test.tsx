import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { keys } from '@/api/keys';
import { Sidebar } from './Sidebar';

const tenant = { name: 'Tech Solutions', timezone: 'America/Sao_Paulo' };

function show(permissions: object, collapsed = false) {
  const client = new QueryClient();
  const user = { id: 'me', name: 'Marina Lopes', role: 'agent', permissions };
  client.setQueryDefaults([], { staleTime: Infinity });
  client.setQueryData(keys.me, { user, tenant });
  client.setQueryData(keys.meta, { entities: [], roles: [{ name: 'agent', label: 'Atendente' }] });
  const onSearch = vi.fn();
  const rootRoute = createRootRoute({
    component: () => <Sidebar collapsed={collapsed} onSearch={onSearch} onHelp={() => {}} />,
  });
  const history = createMemoryHistory({ initialEntries: ['/clientes/1'] });
  const router = createRouter({ routeTree: rootRoute, history });
  render(
    <QueryClientProvider client={client}>
      <MantineProvider env="test">
        <RouterProvider router={router as never} />
      </MantineProvider>
    </QueryClientProvider>,
  );
  return { onSearch };
}

it('marks where the person is and says who they are', async () => {
  show({ contact: { read: 'all' } });

  const link = await screen.findByRole('link', { name: 'Clientes' });

  expect(link).toHaveAttribute('aria-current', 'page');
  expect(screen.getByText('Tech Solutions')).toBeVisible();
  expect(screen.getByText('Atendente')).toBeVisible();
});

it('hides what the person may not read', async () => {
  show({});

  await screen.findByText('Tech Solutions');

  expect(screen.queryByRole('link', { name: 'Clientes' })).toBeNull();
});

it('keeps every name for screen readers when folded', async () => {
  const { onSearch } = show({ contact: { read: 'own' } }, true);

  expect(await screen.findByRole('link', { name: 'Clientes' })).toBeVisible();
  expect(screen.getByRole('button', { name: 'Marina Lopes' })).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Buscar' }));

  expect(onSearch).toHaveBeenCalledOnce();
});
