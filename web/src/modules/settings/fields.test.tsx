import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { keys } from '@/api/keys';
import { setFormat } from '@/lib/format';
import { serve, showPage, type Asked } from '@/testing/page';
import { FieldsPage } from './FieldsPage';

vi.setConfig({ testTimeout: 30_000 });
afterEach(() => setFormat({ locale: 'pt-BR' }));

const all = { read: 'all', create: 'all', update: 'all', delete: 'all' };
const named = (id: string, position: number) => ({
  ...{ id, key: id, name: id.toUpperCase(), type: 'text', required: false, options: [] },
  ...{ defaultValue: null, position, version: 1 },
});

// Dragging measures the screen, which there is none of here: what counts is where something drops.
const dnd = vi.hoisted(() => ({ drop: (_: object) => {} }));
vi.mock('@hello-pangea/dnd', () => {
  type Children = { children: (zone: object) => React.ReactNode };
  const zone = { innerRef: () => {}, droppableProps: {}, draggableProps: {}, dragHandleProps: {} };
  const Zone = ({ children }: Children) => children(zone);
  function DragDropContext(props: { onDragEnd: typeof dnd.drop; children: React.ReactNode }) {
    dnd.drop = props.onDragEnd;
    return props.children;
  }
  return { DragDropContext, Droppable: Zone, Draggable: Zone };
});
async function up(name: string) {
  await screen.findByLabelText(`Mover ${name}`);
  const index = rows().indexOf(name);
  act(() => dnd.drop({ source: { index }, destination: { index: index - 1 } }));
}
const rows = () =>
  within(screen.getByRole('list', { name: 'Campos personalizados' }))
    .getAllByRole('listitem')
    .map((row) => row.textContent!.charAt(0));

/** A server that keeps the order, and answers when the test says. */
function keeper(refuse = false) {
  let kept = ['a', 'b', 'c'];
  const orders: { ids: string[]; answer: () => void }[] = [];
  const usual = serve(({ path, method }: Asked) =>
    path.endsWith('/custom-fields') && method === 'GET'
      ? [200, { data: kept.map(named), pagination: {} }]
      : undefined,
  );
  const plain = globalThis.fetch;
  vi.stubGlobal('fetch', async (request: Request) => {
    if (!request.url.endsWith('/order')) return plain(request);
    const { ids } = (await request.json()) as { ids: string[] };
    await new Promise<void>((answer) => orders.push({ ids, answer }));
    if (!refuse) kept = ids;
    return refuse
      ? new Response('{"status":500,"code":"internal","title":"x"}', { status: 500 })
      : new Response(null, { status: 204 });
  });
  const client = showPage(<FieldsPage />, { permissions: { custom_field: all } });
  const query = keys.list('custom_field', { entity: 'contact', screen: 'settings' });
  act(() => void client.setQueryData(query, { data: kept.map(named), pagination: {} }));
  return { orders, usual, kept: () => kept };
}

it('saves the order whole, and the one wanted last is the one that is kept', async () => {
  const { orders, kept } = keeper();
  await up('C');
  await waitFor(() => expect(orders).toHaveLength(1));
  expect(rows()).toEqual(['A', 'C', 'B']);

  await up('C');
  await up('B');
  expect(rows()).toEqual(['C', 'B', 'A']);
  expect(orders).toHaveLength(1);
  act(() => orders[0]!.answer());
  await waitFor(() => expect(orders).toHaveLength(2));
  expect(rows()).toEqual(['C', 'B', 'A']);
  act(() => orders[1]!.answer());

  await waitFor(() => expect(kept()).toEqual(['c', 'b', 'a']));
  expect(orders.map(({ ids }) => ids.join(''))).toEqual(['acb', 'cba']);
  expect(rows()).toEqual(['C', 'B', 'A']);
});

it('stands as it was when the server refuses the order', async () => {
  const { orders } = keeper(true);
  await up('C');
  await waitFor(() => expect(orders).toHaveLength(1));
  act(() => orders[0]!.answer());

  await waitFor(() => expect(rows()).toEqual(['A', 'B', 'C']));
});

it.each([
  ['pt-BR', '18021975', '18/02/1975'],
  ['en', '02181975', '02/18/1975'],
  ['en', '2/18/75', '02/18/1975'],
])('reads the default of a date as %s readers type it: %s', async (locale, typed, shown) => {
  setFormat({ locale });
  const heard = serve(() => undefined);
  showPage(<FieldsPage />, { permissions: { custom_field: all } });
  await userEvent.click(await screen.findByRole('button', { name: 'Novo campo' }));
  const dialog = await screen.findByRole('dialog', { name: 'Novo campo' });
  await userEvent.type(within(dialog).getByRole('textbox', { name: 'Nome' }), 'Fundação');
  await userEvent.click(within(dialog).getByRole('combobox', { name: 'Tipo' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Data' }));

  const box = await within(dialog).findByPlaceholderText(/^(dd|mm)\//);
  await userEvent.type(box, typed);
  await userEvent.tab();
  expect(box).toHaveValue(shown);
  await userEvent.click(within(dialog).getByRole('button', { name: 'Salvar' }));

  await waitFor(() => expect(heard.some(({ method }) => method === 'POST')).toBe(true));
  expect(heard.find(({ method }) => method === 'POST')!.body).toMatchObject({
    type: 'date',
    defaultValue: '1975-02-18',
  });
});

it('says at its place that a default is no date, and saves nothing', async () => {
  const heard = serve(() => undefined);
  showPage(<FieldsPage />, { permissions: { custom_field: all } });
  await userEvent.click(await screen.findByRole('button', { name: 'Novo campo' }));
  const dialog = await screen.findByRole('dialog', { name: 'Novo campo' });
  await userEvent.type(within(dialog).getByRole('textbox', { name: 'Nome' }), 'Fundação');
  await userEvent.click(within(dialog).getByRole('combobox', { name: 'Tipo' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Data' }));

  await userEvent.type(within(dialog).getByLabelText('Valor inicial'), '31021975');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Salvar' }));

  await waitFor(() =>
    expect(within(dialog).getByLabelText('Valor inicial')).toHaveAttribute('aria-invalid', 'true'),
  );
  expect(heard.some(({ method }) => method === 'POST')).toBe(false);
});
