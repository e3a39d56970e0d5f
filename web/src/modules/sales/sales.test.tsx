// What the sales module says of its entities, on a server that declares them.
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { closeSession } from '@/api/session';
import { account } from '@/testing/account';
import { field } from '@/testing/page';
import { openProgram, serve, signIn } from '@/testing/program';
import { items } from '@/testing/proposal';

vi.setConfig({ testTimeout: 30_000 });
vi.mock('@/api/socket', () => ({ connectRealtime: () => () => {}, useViewers: () => [] }));
let onPhone = false;
vi.mock('@/lib/useSmallScreen', () => ({
  useSmallScreen: () => onPhone,
  useNarrowScreen: () => onPhone,
}));

const ALL = { read: 'all', create: 'all', update: 'all' };
const { me, meta } = account({ proposal: ALL, product: ALL, contact: ALL });
const shown = (key: string, label: string, more: object = {}) =>
  field(key, label, { inList: true, options: [], ops: [], ...more });
const SENT = { value: 'sent', label: 'Enviada', color: 'blue' };
const FIELDS = {
  proposal: [
    shown('notes', 'Observações'),
    shown('assignedTo', 'Responsável', { type: 'user', target: 'user' }),
    shown('title', 'Título'),
    shown('number', 'Número', { type: 'integer', readOnly: true }),
    shown('contactId', 'Cliente', { type: 'link', target: 'contact', linkedAs: 'contact' }),
    shown('status', 'Situação', { type: 'choice', readOnly: true, options: [SENT] }),
    shown('validUntil', 'Válida até', { type: 'date' }),
    items,
    shown('total', 'Total', { type: 'money', readOnly: true }),
  ],
  product: [shown('name', 'Nome'), shown('unitPrice', 'Preço', { type: 'money' })],
};
const entities = meta.entities.map((one) => {
  const fields = FIELDS[one.name as keyof typeof FIELDS] ?? one.fields;
  return { ...one, fields, titleField: one.name === 'proposal' ? 'title' : 'name' };
});
const LAMP = { id: 'lamp', version: 1, name: 'Lâmpada', unitPrice: 12.5 };
const REFORM = {
  ...{ id: 'p1', version: 1, title: 'Reforma', number: 12, status: 'sent', total: 1500 },
  // A day that is long over.
  validUntil: '2020-01-31',
  ...{ contactId: 'ana', contact: { id: 'ana', title: 'Ana Ribeiro' }, items: [] },
};

function answer({ pathname, search }: URL): Response {
  const path = pathname.replace('/api/v1', '');
  if (path === '/auth/me') return Response.json(me);
  if (path === '/meta') return Response.json({ ...meta, entities });
  if (path === '/auth/refresh') return Response.json({ accessToken: 'a', refreshToken: 'b' });
  if (path === '/proposals/counts') {
    const late = search.includes('validUntil');
    return Response.json({
      by: 'status',
      data: [{ value: 'sent', count: 3 }],
      total: late ? 1 : 7,
    });
  }
  const data = path === '/products' ? [LAMP] : path === '/proposals' ? [REFORM] : [];
  const pagination = { page: 1, limit: 50, total: data.length, totalPages: 1 };
  return Response.json({ data, pagination });
}

beforeEach(() => {
  onPhone = false;
  signIn();
  serve(answer);
});
afterEach(closeSession);

it('stands in the menu under sales, and G P goes to the proposals', async () => {
  const { router, settle } = await openProgram('/config/preferencias');
  const menu = within(screen.getByRole('navigation', { name: 'Navegação principal' }));
  expect(menu.getByRole('heading', { name: 'Vendas' })).toBeVisible();
  expect(menu.getByRole('link', { name: 'Produtos' })).toHaveAttribute('href', '/produtos');

  await userEvent.keyboard('gp');
  await settle();

  expect(router.state.location.pathname).toBe('/propostas');
  const headers = await screen.findAllByRole('columnheader');
  expect(headers.map(({ textContent }) => textContent).slice(1, -1)).toEqual([
    ...['Título', 'Número', 'Cliente', 'Situação', 'Total', 'Válida até', 'Responsável'],
  ]);
});

it('says on a phone for whom a proposal is, how much it comes to and how it stands', async () => {
  onPhone = true;
  await openProgram('/propostas');

  const link = await screen.findByRole('link', { name: /Reforma/ });

  expect(link).toHaveTextContent('Ana Ribeiro · Nº 12');
  expect(link).toHaveTextContent('R$ 1.500,00');
  expect(link).toHaveTextContent('Vencida');
});

it('counts what became of them, and shows those that are asked for', async () => {
  const { router, settle } = await openProgram('/propostas');
  const strip = within(await screen.findByRole('group', { name: 'proposals' }));
  const shown = () => strip.getAllByRole('button').map(({ textContent }) => textContent);
  await waitFor(() => expect(shown()).toEqual(['Total7', 'Enviadas3', 'Vencidas1']));

  await userEvent.click(strip.getByRole('button', { name: /Vencidas/ }));
  await settle();

  expect(router.state.location.search).toMatchObject({ status: 'expired' });
  expect(strip.getByRole('button', { name: /Vencidas/ })).toHaveAttribute('aria-pressed', 'true');
});

it.each([
  ['in the table', false, '', () => document.querySelector('[data-cell="p1:title"]')],
  ['on a phone', true, '', () => document.querySelector('main li')],
  ['as a card', false, '?view=cards', () => document.querySelector('main li')],
])('gives no proposal a face: %s', async (_, phone, view, place) => {
  onPhone = phone;
  await openProgram(`/propostas${view}`);
  await screen.findByRole('link', { name: /Reforma/ });

  // Initials would stand before the title.
  expect(place()?.textContent).toMatch(/^Reforma/);
  expect(place()?.querySelector('svg') !== null).toBe(phone || view !== '');
});

it('takes description and price from the product, and foresees what it comes to', async () => {
  await openProgram('/propostas?novo=1');
  const dialog = within(await screen.findByRole('dialog', { name: 'Nova proposta' }));
  await userEvent.click(await dialog.findByRole('button', { name: 'Adicionar item' }));
  await userEvent.click(await dialog.findByRole('combobox', { name: 'Produto, item 1' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Lâmpada' }));

  const description = await dialog.findByRole('textbox', { name: 'Descrição, item 1' });
  await waitFor(() => expect(description).toHaveValue('Lâmpada'));
  const quantity = dialog.getByRole('textbox', { name: 'Quantidade, item 1' });
  await userEvent.clear(quantity);
  await userEvent.type(quantity, '3');

  expect(dialog.getByText('Total').parentElement).toHaveTextContent('R$ 37,50');
});
