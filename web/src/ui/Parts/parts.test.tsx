import { Notifications } from '@mantine/notifications';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { keys } from '@/api/keys';
import { showPage, serve, type Asked } from '@/testing/page';
import { chair, desk, part, product, proposal, record } from '@/testing/proposal';
import { EntityForm } from '@/ui/EntityPage/EntityForm';
import type { EntityScreen } from '@/ui/screens';
import { hasUnsaved } from '@/ui/unsaved';

// Dragging measures the screen, which there is none of here: what counts is where something drops.
const dnd = vi.hoisted(() => ({ drop: (_: object) => {} }));
vi.mock('@hello-pangea/dnd', () => {
  type Children = { children: (zone: object, state: object) => React.ReactNode };
  const zone = { innerRef: () => {}, droppableProps: {}, draggableProps: {}, dragHandleProps: {} };
  const Zone = ({ children }: Children) => children(zone, {});
  function DragDropContext(props: { onDragEnd: typeof dnd.drop; children: React.ReactNode }) {
    dnd.drop = props.onDragEnd;
    return props.children;
  }
  return { DragDropContext, Droppable: Zone, Draggable: Zone };
});

const LAMP = '018f0000-0000-7000-8000-000000000001';
const money = (cents: number) => cents / 100;
/** What a module would say of its totals. */
const previews: EntityScreen['previews'] = {
  'items.total': ({ quantity, unitPrice }) =>
    money(Number(quantity) * Math.round(Number(unitPrice) * 100)),
  total: ({ items }) =>
    (items as { quantity: number; unitPrice: number }[]).reduce(
      (sum, { quantity, unitPrice }) => sum + quantity * unitPrice,
      0,
    ),
};
const shown = { entity: 'proposal', icon: () => null, previews } as unknown as EntityScreen;

type Answer = (asked: Asked) => [number, unknown] | undefined;

function open(id: string | undefined, answer: Answer = () => undefined) {
  const heard = serve((asked) => {
    const said = answer(asked);
    if (said) return said;
    if (asked.path.endsWith('/history')) return [200, { data: [], pagination: {} }];
    const writes = asked.method === 'PATCH' || asked.method === 'POST';
    return writes ? [200, { ...record, ...asked.body, version: 4 }] : undefined;
  });
  const onClose = vi.fn();
  const all = { read: 'all', create: 'all', update: 'all' };
  const client = showPage(
    <>
      <EntityForm screen={shown} entity={proposal} id={id} onClose={onClose} />
      <Notifications />
    </>,
    { entities: [proposal, product], permissions: { proposal: all, product: all } },
  );
  act(() => void client.setQueryData(keys.detail('proposal', 'p'), record));
  const bodies = () =>
    heard.filter(({ method }) => method === 'PATCH' || method === 'POST').map(({ body }) => body);
  const colleague = (what: object) =>
    act(() => {
      client.setQueryData(keys.detail('proposal', 'p'), { ...record, version: 4, ...what });
    });
  return { heard, onClose, bodies, colleague };
}

const cell = (name: string, number: number) =>
  screen.findByRole<HTMLInputElement>('textbox', { name: `${name}, item ${number}` });
const rows = () => screen.queryAllByRole('listitem');
const descriptions = () =>
  screen
    .getAllByRole<HTMLInputElement>('textbox', { name: /^Descrição, item/ })
    .map(({ value }) => value);
const fill = async (name: string, number: number, text: string) => {
  const input = await cell(name, number);
  await userEvent.clear(input);
  await userEvent.type(input, text);
};
const press = async (name: string, number: number, combination: string) => {
  (await cell(name, number)).focus();
  await userEvent.keyboard(combination);
};
const save = () => userEvent.click(screen.getByRole('button', { name: 'Salvar' }));
const addItem = () => screen.findByRole('button', { name: 'Adicionar item' });

it('makes a record with its items, and sends no more than was filled in', async () => {
  const { bodies, onClose } = open(undefined);
  expect(await screen.findByText('Nenhum item')).toBeVisible();
  await userEvent.type(screen.getByRole('textbox', { name: 'Título' }), 'Loja');

  await userEvent.click(await addItem());
  await fill('Descrição', 1, 'Mesa');
  await fill('Preço', 1, '1.234,56');
  // The next one, that nobody writes in.
  await userEvent.keyboard('{Enter}');
  await waitFor(() => expect(rows()).toHaveLength(2));
  await save();

  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(bodies()).toEqual([
    { title: 'Loja', items: [{ description: 'Mesa', quantity: 1, unitPrice: 1234.56 }] },
  ]);
});

it('changes two lines at once and says of each only what was touched', async () => {
  const { bodies, onClose } = open('p');
  await fill('Quantidade', 1, '3');
  await fill('Descrição', 2, 'Cadeira alta');

  await save();

  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(bodies()).toEqual([
    {
      items: [
        { id: 'd', quantity: 3 },
        { id: 'c', description: 'Cadeira alta' },
      ],
    },
  ]);
});

it('leaves the items out when something else was changed', async () => {
  const { bodies, onClose } = open('p');
  await cell('Descrição', 1);
  await userEvent.type(screen.getByRole('textbox', { name: 'Título' }), ' nova');
  expect(hasUnsaved()).toBe(true);

  await save();

  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(bodies()).toEqual([{ title: 'Loja nova' }]);
});

it('is not unsaved by a row in which nobody wrote', async () => {
  const { onClose } = open('p');
  await userEvent.click(await addItem());
  await waitFor(() => expect(rows()).toHaveLength(3));
  expect(hasUnsaved()).toBe(false);

  await userEvent.click(screen.getByRole('button', { name: 'Cancelar' }));

  expect(onClose).toHaveBeenCalledOnce();
});

it('is written by keys: Enter goes down and begins the next one, with the focus in it', async () => {
  open('p');
  await press('Preço', 1, '{Enter}');
  expect(await cell('Preço', 2)).toHaveFocus();

  await userEvent.keyboard('{Enter}');

  const begun = await screen.findByRole('combobox', { name: 'Produto, item 3' });
  await waitFor(() => expect(begun).toHaveFocus());
  // Nobody writes in two empty rows at once.
  await press('Preço', 3, '{Enter}');
  expect(rows()).toHaveLength(3);
});

it('moves a row by Alt and an arrow, and the focus with it', async () => {
  const { bodies } = open('p');
  await press('Preço', 1, '{Alt>}{ArrowDown}{/Alt}');

  expect(descriptions()).toEqual(['Cadeira', 'Mesa']);
  await waitFor(async () => expect(await cell('Preço', 2)).toHaveFocus());
  await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');
  expect(descriptions()).toEqual(['Cadeira', 'Mesa']);
  await save();

  await waitFor(() => expect(bodies()).toEqual([{ items: [{ id: 'c' }, { id: 'd' }] }]));
});

it('moves a row by its grip', async () => {
  open('p');
  await cell('Descrição', 1);

  act(() => dnd.drop({ source: { index: 1 }, destination: { index: 0 } }));

  expect(descriptions()).toEqual(['Cadeira', 'Mesa']);
});

it('removes a row by keys or its button, and brings it back as it was', async () => {
  const { bodies } = open('p');
  await fill('Preço', 1, '80');
  await press('Preço', 1, '{Control>}{Backspace}{/Control}');
  await waitFor(() => expect(descriptions()).toEqual(['Cadeira']));
  expect(await cell('Preço', 1)).toHaveFocus();
  await userEvent.click(screen.getByRole('button', { name: 'Remover Cadeira' }));
  expect(rows()).toEqual([]);

  const [desks] = await screen.findAllByText('Item removido: Mesa');
  const notice = desks!.parentElement!;
  await userEvent.click(within(notice).getByRole('button', { name: 'Desfazer' }));
  expect(await cell('Preço', 1)).toHaveValue('R$ 80,00');
  await save();

  await waitFor(() => expect(bodies()).toEqual([{ items: [{ id: 'd', unitPrice: 80 }] }]));
});

it('checks each cell as a field, and tells where it stands', async () => {
  const { bodies } = open(undefined);
  await userEvent.click(await addItem());
  await fill('Descrição', 1, 'Uma descrição longa demais');
  await fill('Quantidade', 1, '-1');

  await save();

  expect(await screen.findByText('Use no máximo 20 caracteres')).toBeVisible();
  expect(screen.getByText('O valor mínimo é 0')).toBeVisible();
  expect(screen.getByText('Campo obrigatório')).toBeVisible();
  expect(await cell('Descrição', 1)).toHaveFocus();
  expect(bodies()).toEqual([]);
});

const refuse = (...errors: [field: string, message: string][]): Answer => {
  const problem = { code: 'validation', title: 'Confira os campos destacados' };
  return ({ method }) =>
    method === 'PATCH'
      ? [422, { ...problem, errors: errors.map(([field, message]) => ({ field, message })) }]
      : undefined;
};
const inCell = async (name: string, number: number) =>
  (await cell(name, number)).closest('[data-field]')!;

it("puts the server's problems at their cells, where they stay until these are edited", async () => {
  open('p', refuse(['items.1.unitPrice', 'Abaixo do custo'], ['items.9.id', 'Não existe']));
  // One that is not sent: the server counts without it.
  await userEvent.click(await addItem());
  act(() => dnd.drop({ source: { index: 2 }, destination: { index: 0 } }));
  await fill('Quantidade', 2, '2');

  await save();
  expect(await screen.findByText('Abaixo do custo')).toBeVisible();
  expect(await inCell('Preço', 3)).toHaveTextContent('Abaixo do custo');
  expect(await cell('Preço', 3)).toHaveFocus();
  expect(screen.getByText('Não existe')).toBeVisible();
  await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}');
  await press('Quantidade', 1, '{Tab}');
  expect(await inCell('Preço', 2)).toHaveTextContent('Abaixo do custo');

  await fill('Preço', 2, '70');

  expect(screen.queryByText('Abaixo do custo')).toBeNull();
});

it('takes no more than there may be', async () => {
  open('p');
  (await cell('Descrição', 2)).focus();

  await userEvent.paste(Array.from({ length: 9 }, (_, at) => `Item ${at}\t${at}`).join('\n'));

  await waitFor(() => expect(rows()).toHaveLength(5));
  expect(await screen.findByText(/Só cabem 5 itens/)).toBeVisible();
  expect(await addItem()).toBeDisabled();
});

it('fills rows with the lines of a spreadsheet, products by their names', async () => {
  const { bodies } = open('p', ({ path, query }) =>
    path.endsWith('/products') && query.get('filter')?.includes('lâmpada')
      ? [200, { data: [{ id: 'lamp', name: 'Lâmpada' }], pagination: {} }]
      : undefined,
  );
  (await screen.findByRole('combobox', { name: 'Produto, item 2' })).focus();

  await userEvent.paste('lâmpada\tLuz\t2\t1.234,56\nNada\tOutra\t1\t9,9\n');

  await waitFor(() => expect(descriptions()).toEqual(['Mesa', 'Luz', 'Outra']));
  expect(await screen.findByText('Não encontramos: Nada')).toBeVisible();
  await save();
  await waitFor(() =>
    expect(bodies()).toEqual([
      {
        items: [
          { id: 'd' },
          { id: 'c', productId: 'lamp', description: 'Luz', unitPrice: 1234.56 },
          { description: 'Outra', quantity: 1, unitPrice: 9.9 },
        ],
      },
    ]),
  );
});

it('takes back what was pasted, and nothing that was written since', async () => {
  open('p');
  (await cell('Descrição', 2)).focus();
  await userEvent.paste('Banco\t3\nLuz\t1');
  await waitFor(() => expect(descriptions()).toEqual(['Mesa', 'Banco', 'Luz']));
  await fill('Preço', 2, '55');

  const notice = (await screen.findByText('2 linhas coladas')).parentElement!;
  await userEvent.click(within(notice).getByRole('button', { name: 'Desfazer' }));

  expect(descriptions()).toEqual(['Mesa', 'Cadeira']);
  expect(await cell('Quantidade', 2)).toHaveValue('2');
  expect(await cell('Preço', 2)).toHaveValue('R$ 55,00');
});

it('calls what a part points to as the record does, and asks nobody', async () => {
  const lamp = part('l', 'Luz', 9, { productId: LAMP, product: { id: LAMP, title: 'Lâmpada' } });
  const { heard, colleague } = open('p');
  await cell('Descrição', 2);

  colleague({ items: [lamp] });

  const input = () => screen.getByRole('combobox', { name: 'Produto, item 1' });
  await waitFor(() => expect(input()).toHaveValue('Lâmpada'));
  expect(heard.filter(({ query }) => query.get('filter')?.includes(LAMP))).toEqual([]);
});

it('pastes a single value as any text', async () => {
  open('p');
  const input = await cell('Descrição', 1);
  await userEvent.clear(input);

  await userEvent.paste('Mesa nova');

  expect(descriptions()).toEqual(['Mesa nova', 'Cadeira']);
});

const total = () => screen.getByText('Total').parentElement!;
const lineTotal = (number: number) =>
  within(screen.getByRole('group', { name: `Item ${number}` })).getByRole('status');

it("shows the server's totals until a line is touched, and what they will be from then on", async () => {
  open('p');
  await cell('Descrição', 1);
  expect(total()).toHaveTextContent('R$ 200,00');
  expect(lineTotal(2)).toHaveTextContent('R$ 100,00');

  await fill('Quantidade', 2, '3');

  expect(lineTotal(1)).toHaveTextContent('R$ 100,00');
  expect(lineTotal(2)).toHaveTextContent('R$ 150,00');
  expect(total()).toHaveTextContent('R$ 250,00');
  await fill('Quantidade', 2, 'três');
  expect(lineTotal(2)).toHaveTextContent('—');
  expect(total()).toHaveTextContent('—');
});

it('goes together with what a colleague changes in another line meanwhile', async () => {
  const { bodies, colleague, onClose } = open('p');
  await fill('Quantidade', 2, '7');

  colleague({ items: [{ ...desk, unitPrice: 90, total: 90 }, chair] });

  await waitFor(async () => expect(await cell('Preço', 1)).toHaveValue('R$ 90,00'));
  const told = await screen.findByText(/alterou Itens/);
  expect(told).toHaveTextContent(/Mesa: Preço .*R\$ 100,00.*R\$ 90,00/);
  expect(await cell('Quantidade', 2)).toHaveValue('7');
  await save();
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(bodies()).toEqual([{ items: [{ id: 'd' }, { id: 'c', quantity: 7 }] }]);
});

it('asks whose word stands where both changed the same cell', async () => {
  const { colleague, bodies } = open('p');
  await fill('Preço', 1, '80');

  colleague({ items: [{ ...desk, unitPrice: 90 }, chair] });
  await save();
  expect(bodies()).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: 'Usar este' }));

  expect(await cell('Preço', 1)).toHaveValue('R$ 90,00');
});
