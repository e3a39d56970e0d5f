import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it, vi } from 'vitest';
import { entity, field, serve, showPage } from '@/testing/page';
import { LinkInput } from './LinkInput';

const contact = entity('contact', [field('name', 'Nome')], {
  searchable: true,
  titleField: 'name',
});
const permissions = { contact: { read: 'all' } };
const page = (names: string[]) => ({
  data: names.map((name) => ({ id: `id-${name}`, name })),
  pagination: {},
});

async function show(value: string | null, answer: (query: URLSearchParams) => [number, unknown]) {
  const asked = serve(({ path, query }) =>
    path.endsWith('/contacts') ? answer(query) : undefined,
  );
  const heard = vi.fn();
  function Held() {
    const [id, setId] = useState(value);
    const change = (next: string | null) => (heard(next), setId(next));
    return <LinkInput label="Cliente" target="contact" value={id} onChange={change} />;
  }
  showPage(<Held />, { permissions, entities: [contact] });
  return { heard, asked, input: await screen.findByRole('combobox', { name: 'Cliente' }) };
}

it('finds whom the first page does not name, by the keyboard alone', async () => {
  const { heard, input, asked } = await show(null, (query) => [
    200,
    page(query.get('search') === 'zilda' ? ['Zilda'] : ['Ana', 'Bia']),
  ]);

  await userEvent.click(input);
  await screen.findByRole('option', { name: 'Ana' });
  await userEvent.keyboard('zilda');
  await screen.findByRole('option', { name: 'Zilda' });
  await userEvent.keyboard('{ArrowDown}{Enter}');

  expect(heard).toHaveBeenCalledExactlyOnceWith('id-Zilda');
  const searches = asked.map(({ query }) => query.get('search')).filter(Boolean);
  // Not a question for each letter.
  expect(searches).toEqual(['zilda']);
});

it('names what is chosen, however many there are', async () => {
  const { input } = await show('id-Zilda', (query) => [
    200,
    page(query.get('filter')?.includes('id-Zilda') ? ['Zilda'] : ['Ana']),
  ]);

  await vi.waitFor(() => expect(input).toHaveValue('Zilda'));
});

it('says that nobody is called so, and that a search failed', async () => {
  const { input } = await show(null, (query) => [
    query.get('search') === 'quebra' ? 400 : 200,
    query.get('search') === 'quebra' ? {} : page([]),
  ]);

  await userEvent.click(input);
  await userEvent.keyboard('ninguem');
  expect(await screen.findByText('Nada encontrado')).toBeVisible();
  await userEvent.clear(input);
  await userEvent.type(input, 'quebra');

  expect(await screen.findByText('A busca falhou. Digite outra vez.')).toBeVisible();
});

it('offers whom to choose when asked by a key, not when the focus merely comes', async () => {
  const { input } = await show(null, () => [200, page(['Ana'])]);

  await userEvent.tab();
  expect(input).toHaveFocus();
  expect(input).toHaveAttribute('aria-expanded', 'false');
  await userEvent.keyboard('{ArrowDown}');

  expect(await screen.findByRole('option', { name: 'Ana' })).toBeVisible();
});
