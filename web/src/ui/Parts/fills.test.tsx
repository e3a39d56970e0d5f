// What is chosen in a cell of a row fills others of it, and nothing that somebody wrote.
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { keys } from '@/api/keys';
import { serve, showPage } from '@/testing/page';
import { part, product, proposal, record } from '@/testing/proposal';
import { EntityForm } from '@/ui/EntityPage/EntityForm';
import type { EntityScreen } from '@/ui/screens';

const LAMP = { id: '018f0000-0000-7000-8000-000000000001', name: 'Lâmpada', unitPrice: 12.5 };
const VASE = { id: '018f0000-0000-7000-8000-000000000002', name: 'Vaso', unitPrice: 80 };
const OLD = { id: '018f0000-0000-7000-8000-000000000003', name: 'Rádio', isActive: false };
const shown = {
  entity: 'proposal',
  icon: () => null,
  fills: { 'items.productId': ({ name, unitPrice }) => ({ description: name, unitPrice }) },
} as Partial<EntityScreen> as EntityScreen;

interface Shown {
  items?: object[];
  /** What the list to choose from knows. */
  listed?: object[];
}

async function open({ items = [part('d', '', 0)], listed = [LAMP, VASE, OLD] }: Shown = {}) {
  const heard = serve(({ path }) => {
    if (path.endsWith('/products')) return [200, { data: listed, pagination: {} }];
    const one = [LAMP, VASE].find(({ id }) => path.endsWith(`/products/${id}`));
    return one && [200, one];
  });
  const all = { read: 'all', create: 'all', update: 'all' };
  const client = showPage(
    <EntityForm screen={shown} entity={proposal} id="p" onClose={() => {}} />,
    { entities: [proposal, product], permissions: { proposal: all, product: all } },
  );
  client.setQueryData(keys.detail('proposal', 'p'), { ...record, items });
  await screen.findByRole('combobox', { name: 'Produto, item 1' });
  const asked = () => heard.filter(({ path }) => /products\/.+/.test(path)).length;
  return { asked };
}

const input = (name: string) => screen.getByLabelText<HTMLInputElement>(`${name}, item 1`);
const row = () => ['Descrição', 'Quantidade', 'Preço'].map((name) => input(name).value);
const productBox = () => screen.getByRole('combobox', { name: 'Produto, item 1' });
async function choose(name: string) {
  await userEvent.click(productBox());
  await userEvent.click(await screen.findByRole('option', { name }));
}
async function write(name: string, text: string) {
  await userEvent.clear(input(name));
  await userEvent.type(input(name), text);
}
const blank = () => [part('d', '', 0, { unitPrice: null, total: null })];

it('fills what is empty with what the list said, and asks nobody', async () => {
  const { asked } = await open({ items: blank() });

  await choose('Lâmpada');

  await waitFor(() => expect(row()).toEqual(['Lâmpada', '1', 'R$ 12,50']));
  expect(asked()).toBe(0);
  expect(screen.queryByRole('option', { name: 'Rádio' })).toBeNull();
});

it('follows another choice with what it filled in, and leaves what was written', async () => {
  await open({ items: blank() });
  await choose('Lâmpada');
  await waitFor(() => expect(row()).toEqual(['Lâmpada', '1', 'R$ 12,50']));
  await write('Preço', '9,9');

  await choose('Vaso');

  await waitFor(() => expect(row()).toEqual(['Vaso', '1', 'R$ 9,90']));
});

it('writes nothing over what stood there before anything was chosen', async () => {
  await open({ items: [part('d', 'Sob medida', 30)] });

  await choose('Lâmpada');

  await waitFor(() => expect(productBox()).toHaveValue('Lâmpada'));
  expect(row()).toEqual(['Sob medida', '1', 'R$ 30,00']);
});

it('knows of a saved row what its product had said', async () => {
  const sold = { productId: LAMP.id, product: { id: LAMP.id, title: 'Lâmpada' } };
  await open({ items: [part('d', 'Lâmpada', 11, sold)] });

  await choose('Vaso');

  await waitFor(() => expect(row()).toEqual(['Vaso', '1', 'R$ 11,00']));
});

it('writes over what was taken from the product before', async () => {
  const sold = { productId: LAMP.id, product: { id: LAMP.id, title: 'Lâmpada' } };
  const { asked } = await open({ items: [part('d', 'Lâmpada', 12.5, sold)], listed: [VASE] });

  await choose('Vaso');

  await waitFor(() => expect(row()).toEqual(['Vaso', '1', 'R$ 80,00']));
  // The list does not know the first one: it was asked for.
  expect(asked()).toBe(1);
});

async function paste(cell: HTMLElement, text: string) {
  await userEvent.click(cell);
  await userEvent.paste(text);
}

it.each([
  ['as description', () => input('Descrição')],
  ['as product', productBox],
])('knows a product by its name that is pasted %s', async (_, cell) => {
  const blue = { ...VASE, id: LAMP.id, name: 'Vaso azul' };
  await open({ items: blank(), listed: [blue, VASE] });

  await paste(cell(), 'Vaso');

  await waitFor(() => expect(row()).toEqual(['Vaso', '1', 'R$ 80,00']));
  expect(productBox()).toHaveValue('Vaso');
});

it('takes none of two that are called alike', async () => {
  await open({ items: blank(), listed: [VASE, { ...VASE, id: LAMP.id }] });

  await paste(input('Descrição'), 'Vaso');
  await waitFor(() => expect(input('Descrição')).toHaveValue('Vaso'));

  expect(row()).toEqual(['Vaso', '1', '']);
  expect(productBox()).toHaveValue('');
});

it('takes none beside one that was chosen', async () => {
  const sold = { productId: LAMP.id, product: { id: LAMP.id, title: 'Lâmpada' } };
  await open({ items: [part('d', '', 12.5, sold)] });

  await paste(input('Descrição'), 'Vaso');
  await waitFor(() => expect(input('Descrição')).toHaveValue('Vaso'));

  expect(row()).toEqual(['Vaso', '1', 'R$ 12,50']);
  expect(productBox()).toHaveValue('Lâmpada');
});
