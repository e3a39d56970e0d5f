import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { serve, showPage } from '@/testing/page';
import { momentOf } from './ApiKeyDialog';
import { ApiKeysPage } from './ApiKeysPage';
import { AuditPage } from './AuditPage';
import { parted } from './useAuditItem';

vi.setConfig({ testTimeout: 30_000 });

const everything = { read: 'all', create: 'all', update: 'all', delete: 'all' };
const permissions = { api_key: everything, contact: { read: 'all' }, audit: { read: 'all' } };
const roles = {
  data: [],
  resources: [
    {
      name: 'contact',
      resource: 'contacts',
      label: 'Cliente',
      actions: [
        { name: 'read', label: 'Ver' },
        { name: 'delete', label: 'Excluir' },
      ],
    },
  ],
};
const shop = {
  ...{ id: 'k', name: 'Loja', hint: 'ponte_…abc', scopes: ['contacts.read'], status: 'active' },
  ...{ requestsPerMinute: 600, expiresAt: null, lastUsedAt: null, version: 1 },
};

it('makes a key of what its maker may, and shows it once', async () => {
  const heard = serve(({ method, path }) => {
    if (path === '/api/v1/roles') return [200, roles];
    return method === 'POST' ? [201, { id: 'k', key: 'ponte_inteira' }] : undefined;
  });
  showPage(<ApiKeysPage />, { permissions });

  expect(await screen.findByText(/\/api\/v1\/contacts/)).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Nova chave' }));
  const dialog = await screen.findByRole('dialog');
  await userEvent.type(within(dialog).getByRole('textbox', { name: 'Nome' }), 'Loja');
  const contacts = await within(dialog).findByRole('group', { name: 'Cliente' });
  expect(within(contacts).queryByText('Excluir')).toBeNull();
  await userEvent.click(within(contacts).getByLabelText('Ver'));
  await userEvent.click(within(dialog).getByRole('button', { name: 'Salvar' }));

  expect(await screen.findByDisplayValue('ponte_inteira')).toBeInTheDocument();
  const sent = heard.find(({ method }) => method === 'POST')?.body;
  expect(sent).toMatchObject({ name: 'Loja', scopes: ['contacts.read'], expiresAt: null });
  await userEvent.click(screen.getAllByRole('button', { name: 'Fechar' }).at(-1)!);
  await waitFor(() => expect(screen.queryByDisplayValue('ponte_inteira')).toBeNull());
});

it('revokes only after it has been asked', async () => {
  const heard = serve(({ method, path }) =>
    path === '/api/v1/api-keys' && method === 'GET'
      ? [200, { data: [shop], pagination: {} }]
      : undefined,
  );
  showPage(<ApiKeysPage />, { permissions });

  await userEvent.click(await screen.findByRole('button', { name: 'Revogar Loja' }));
  expect(heard.some(({ method }) => method === 'DELETE')).toBe(false);
  const dialog = await screen.findByRole('dialog');
  expect(dialog).toHaveTextContent('Não há como desfazer');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Revogar' }));

  await waitFor(() =>
    expect(heard.find(({ method }) => method === 'DELETE')?.path).toBe('/api/v1/api-keys/k'),
  );
});

it('counts a term from the moment of saving', () => {
  expect(momentOf('never', 0)).toBeNull();
  expect(momentOf('30', 0)).toBe('1970-01-31T00:00:00.000Z');
  expect(momentOf('2027-03-01T12:00:00.000Z', 0)).toBe('2027-03-01T12:00:00.000Z');
});

it('says who did what, by which key and from where', async () => {
  const entry = {
    ...{ id: 'e', number: 7, event: 'user.signed_in', label: 'entrou', hash: 'abc' },
    ...{ at: '2026-11-28T12:00:00Z', entity: 'user', record: { id: 'me', title: 'Marina' } },
    ...{ actor: { id: 'me', name: 'Marina' }, key: { id: 'k', name: 'Loja' } },
    ...{ operationId: null, address: '203.0.113.7', agent: 'curl/8', details: {} },
  };
  serve(({ path }) => {
    if (path === '/api/v1/audit') return [200, { data: [entry], pagination: {} }];
    const fault = { fault: 'event_changed', faultNumber: 3, anchor: null };
    return path === '/api/v1/audit/chain'
      ? [200, { number: 7, hash: 'abc', verifiedAt: null, verifiedNumber: null, ...fault }]
      : undefined;
  });
  showPage(<AuditPage />, { permissions });

  const item = await screen.findByRole('listitem');
  expect(item).toHaveTextContent('Loja (chave de Marina) entrou');
  expect(item).toHaveTextContent('203.0.113.7');
  expect(await screen.findByRole('alert')).toHaveTextContent('A entrada 3');
});

it('tells what changed from what an event says of itself', () => {
  const { values, facts } = parted({ name: { from: 'a', to: 'b' }, why: 'logout' });

  expect(values).toEqual({ name: { from: 'a', to: 'b' } });
  expect(facts).toEqual([['why', 'logout']]);
});
