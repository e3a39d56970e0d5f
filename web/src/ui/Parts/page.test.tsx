import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { keys } from '@/api/keys';
import { createPatcher } from '@/api/patches';
import { serve, showPage, type Asked } from '@/testing/page';
import { chair, desk, part, product, proposal, record } from '@/testing/proposal';
import { EntityRecordPage } from '@/ui/EntityPage/EntityRecordPage';

const sold = part('l', 'Luz', 9, { productId: 'lamp', product: { id: 'lamp', title: 'Lâmpada' } });
const change = (from: object[], to: object[]) => ({
  data: [
    {
      ...{ id: 'h', event: 'proposal.updated', at: '2026-11-27T12:00:00Z' },
      ...{ actor: { name: 'Carlos' }, changes: { items: { from, to } } },
    },
  ],
  pagination: {},
});
const none = { data: [], pagination: {} };

function open(history: object = none, may = 'all', answer: (asked: Asked) => unknown = () => null) {
  const heard = serve((asked) => {
    if (asked.path.endsWith('/history')) return [200, history];
    if (asked.path.endsWith('/proposals/p')) {
      const saved = { ...record, items: [desk, sold], version: 4 };
      if (asked.method === 'PATCH') return [200, answer(asked) ?? saved];
      return [200, { ...record, items: [desk, sold] }];
    }
    return undefined;
  });
  const permissions = { proposal: { read: 'all', update: may }, product: { read: 'all' } };
  const client = showPage(<EntityRecordPage name="proposal" id="p" />, {
    entities: [proposal, product],
    permissions,
  });
  return { client, patches: () => heard.filter(({ method }) => method === 'PATCH') };
}

const table = () => screen.findByRole('table', { name: 'Itens' });
const region = () => screen.getByRole('region', { name: 'Itens' });

it('shows the items of a record as a table: links lead, numbers stand below each other', async () => {
  open();

  const [, first, second] = within(await table()).getAllByRole('row');

  expect(first).toHaveTextContent('—Mesa1R$ 100,00R$ 100,00');
  const link = within(second!).getByRole('link', { name: 'Lâmpada' });
  expect(link.getAttribute('href')).toMatch(/\/lamp$/);
  expect(within(second!).getAllByRole('cell').at(-1)).toHaveAttribute('data-align', 'end');
  // No attribute among the others.
  expect(
    within(screen.getByRole('region', { name: 'Informações' })).queryByText('Itens'),
  ).toBeNull();
});

it('edits them where they stand, as a whole', async () => {
  const { patches } = open();
  await table();
  await userEvent.click(within(region()).getByRole('button', { name: 'Editar Itens' }));
  const price = await screen.findByRole('textbox', { name: 'Preço, item 2' });
  await userEvent.clear(price);
  await userEvent.type(price, '12,5');

  await userEvent.click(screen.getByRole('button', { name: 'Salvar' }));

  await table();
  expect(patches()).toMatchObject([
    { body: { items: [{ id: 'd' }, { id: 'l', unitPrice: 12.5 }] }, ifMatch: '"3"' },
  ]);
});

it('asks before it leaves what is not saved, and saves nothing when nothing changed', async () => {
  const { patches } = open();
  await table();
  await userEvent.click(within(region()).getByRole('button', { name: 'Editar Itens' }));
  await userEvent.type(await screen.findByRole('textbox', { name: 'Preço, item 1' }), '9');
  await userEvent.keyboard('{Escape}');
  await userEvent.click(await screen.findByRole('button', { name: 'Continuar editando' }));
  await userEvent.type(
    await screen.findByRole('textbox', { name: 'Preço, item 1' }),
    '{Backspace}',
  );

  await userEvent.click(screen.getByRole('button', { name: 'Salvar' }));

  await table();
  expect(patches()).toEqual([]);
});

it('offers no edit to whom it is not for', async () => {
  open(none, 'none');
  await table();

  expect(within(region()).queryByRole('button')).toBeNull();
});

it('follows what the others change', async () => {
  const { client } = open();
  await table();

  act(() => {
    const patcher = createPatcher(client, 'me', () => undefined);
    const items = [{ ...desk, quantity: 4, total: 400 }, chair];
    patcher.take('proposal.updated', {
      ...{ entity: 'proposal', entityId: 'p', version: 4, actorId: 'other' },
      changes: { items, total: 500 },
    });
    patcher.flush();
  });

  await waitFor(() =>
    expect(screen.getByRole('table', { name: 'Itens' })).toHaveTextContent('Cadeira'),
  );
  expect(client.getQueryData(keys.detail('proposal', 'p'))).toMatchObject({ total: 500 });
});

const told = async () => {
  const list = await screen.findByRole('region', { name: 'Histórico de alterações' });
  return within(list);
};

it('tells in the history which items came, went and became what', async () => {
  open(
    change(
      [desk, chair],
      [{ ...chair, unitPrice: 60, quantity: 3, total: 180 }, part('s', 'Estante', 30)],
    ),
  );
  const history = await told();

  const changed = await history.findByText(/^Cadeira:/);

  expect(changed).toHaveTextContent(
    'Cadeira: Quantidade de2 → para3; Preço deR$ 50,00 → paraR$ 60,00',
  );
  // What is computed follows from the rest.
  expect(changed).not.toHaveTextContent('Total');
  expect(history.getByText('Adicionado: Estante')).toBeVisible();
  expect(history.getByText('Removido: Mesa')).toBeVisible();
  // As many as before: the number says nothing.
  expect(history.queryByText('2 itens')).toBeNull();
});

it('tells how many there are now, and when only their order is another', async () => {
  open(change([desk], [desk, chair]));
  const history = await told();
  expect(await history.findByText('1 item')).toBeVisible();
  expect(history.getByText('2 itens')).toBeVisible();
});

it('tells another order', async () => {
  open(change([desk, chair], [chair, desk]));

  expect(await (await told()).findByText('Em outra ordem')).toBeVisible();
});

it('calls a product by its title, also what has no words of its own', async () => {
  const bare = { ...sold, description: '' };
  const other = { ...bare, productId: 'p2', product: { id: 'p2', title: 'Vela' } };
  open(change([bare], [other]));

  const line = await (await told()).findByText(/^Vela:/);

  expect(line).toHaveTextContent('Produto deLâmpada → paraVela');
});
