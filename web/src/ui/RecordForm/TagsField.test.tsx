import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it, vi } from 'vitest';
import { entity, field, serve, showPage } from '@/testing/page';
import { TagsField } from './TagsField';

const tag = entity('tag', [field('name', 'Nome')], { searchable: true, titleField: 'name' });
const names = ['parceiro', 'VIP', 'São João', 'sparc'];

async function show(
  rights: object = { read: 'all', create: 'all' },
  existing = false,
  known = names,
  found = names,
) {
  serve(({ path, query }) => {
    if (!path.endsWith('/tags')) return undefined;
    const rows = (query.has('search') ? found : known).map((name) => ({ id: name, name }));
    return [200, { data: rows, pagination: {} }];
  });
  const heard = vi.fn();
  const sent = vi.fn((event: React.FormEvent) => event.preventDefault());
  function Held() {
    const [value, setValue] = useState<string[]>([]);
    const change = (next: string[]) => (heard(next), setValue(next));
    return (
      <form onSubmit={sent}>
        <TagsField label="Etiquetas" target="tag" {...{ value, existing }} onChange={change} />
        <button>Salvar</button>
      </form>
    );
  }
  showPage(<Held />, { permissions: { tag: rights }, entities: [tag] });
  const input = await screen.findByRole('combobox', { name: 'Etiquetas' });
  await userEvent.click(input);
  await screen.findByRole('option', { name: known[1] });
  return { heard, sent };
}

it.each([
  ['parc', 'parceiro'],
  ['sao', 'São João'],
  ['vip', 'VIP'],
])('%s and Enter is %s, and no new tag', async (typed, name) => {
  const { heard, sent } = await show();

  await userEvent.keyboard(`${typed}{Enter}`);

  expect(heard).toHaveBeenCalledExactlyOnceWith([name]);
  expect(sent).not.toHaveBeenCalled();
});

it('makes a new one by a row of its own', async () => {
  const { heard } = await show();

  await userEvent.keyboard('parc');
  await userEvent.click(await screen.findByRole('option', { name: 'Criar etiqueta “parc”' }));

  expect(heard).toHaveBeenCalledExactlyOnceWith(['parc']);
});

it('offers no new one under a name that there is', async () => {
  await show();

  await userEvent.keyboard('sao joao');

  expect(screen.queryByRole('option', { name: /Criar/ })).toBeNull();
});

it.each([
  ['who may not make tags', { read: 'all' }, false],
  ['what is to be taken off', { read: 'all', create: 'all' }, true],
])('nothing is made for %s', async (_, rights, existing) => {
  const { heard, sent } = await show(rights, existing);

  await userEvent.keyboard('feira{Enter}');

  await waitFor(() => expect(screen.getByText('Nenhuma etiqueta assim')).toBeVisible());
  expect(heard).not.toHaveBeenCalled();
  expect(sent).not.toHaveBeenCalled();
});

it('takes what was typed whole when the field is left, and forgets what was half typed', async () => {
  const { heard } = await show();

  await userEvent.keyboard('vip{Tab}');
  expect(heard).toHaveBeenLastCalledWith(['VIP']);
  await userEvent.click(screen.getByRole('combobox', { name: 'Etiquetas' }));
  await userEvent.keyboard('parc{Tab}');

  expect(heard).toHaveBeenCalledTimes(1);
});

it('asks the server for tags beyond the hundred that are known', async () => {
  const many = Array.from({ length: 100 }, (_, index) => `etiqueta ${index}`);
  const { heard } = await show(undefined, false, many, ['parceiro']);

  await userEvent.keyboard('parc');
  await userEvent.keyboard('{Enter}');
  expect(heard).not.toHaveBeenCalled();
  await screen.findByRole('option', { name: 'parceiro' });
  await userEvent.keyboard('{Enter}');

  expect(heard).toHaveBeenCalledExactlyOnceWith(['parceiro']);
});
