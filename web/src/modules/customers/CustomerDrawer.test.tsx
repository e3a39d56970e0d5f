import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { keys } from '@/api/keys';
import { entity, field, serve, showPage, type Asked } from '@/testing/page';
import { hasUnsaved, mayLeave } from '@/ui/unsaved';
import { CustomerDrawer } from './CustomerDrawer';

const contact = entity('contact', [
  field('name', 'Nome'),
  field('city', 'Cidade'),
  field('jobTitle', 'Cargo'),
]);
const ana = { id: 'a', version: 3, name: 'Ana', city: 'Recife', jobTitle: 'Vendedora' };
const changed = (what: object) => ({ ...ana, version: 4, ...what });
const history = (what: object) => ({
  data: [{ id: 'h', event: 'contact.updated', actor: { name: 'Carlos' }, changes: what }],
  pagination: {},
});

function open(answer: (asked: Asked) => [number, unknown] | undefined = () => undefined) {
  const heard = serve((asked) => {
    const said = answer(asked);
    if (said) return said;
    if (asked.path.endsWith('/history')) return [200, history({ city: {} })];
    return asked.method === 'PATCH' ? [200, { ...changed(asked.body), version: 9 }] : undefined;
  });
  const onClose = vi.fn();
  const client = showPage(<CustomerDrawer entity={contact} id="a" onClose={onClose} />, {
    entities: [contact],
  });
  act(() => void client.setQueryData(keys.detail('contact', 'a'), ana));
  return {
    onClose,
    patches: () => heard.filter(({ method }) => method === 'PATCH'),
    /** As the socket tells it. */
    colleague: (what: object) =>
      act(() => void client.setQueryData(keys.detail('contact', 'a'), changed(what))),
  };
}

const replace = async (label: string, text: string) => {
  const input = await screen.findByRole('textbox', { name: label });
  await userEvent.clear(input);
  await userEvent.type(input, text);
};
const save = () => userEvent.click(screen.getByRole('button', { name: 'Salvar' }));

it('sends only what was touched; what a colleague changed meanwhile is told and stays', async () => {
  const { patches, colleague, onClose } = open();
  await replace('Cargo', 'Gerente');

  colleague({ city: 'Natal' });
  await waitFor(() => expect(screen.getByRole('textbox', { name: 'Cidade' })).toHaveValue('Natal'));
  expect(screen.getByRole('textbox', { name: 'Cargo' })).toHaveValue('Gerente');
  expect(await screen.findByText(/Carlos alterou Cidade/)).toHaveTextContent('Recife');
  await save();

  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(patches()).toMatchObject([{ body: { jobTitle: 'Gerente' }, ifMatch: '"4"' }]);
  expect(patches()[0]!.body).not.toHaveProperty('city');
});

it('asks whose word stands when both changed the same field', async () => {
  const { patches, colleague, onClose } = open();
  await replace('Cidade', 'Olinda');

  colleague({ city: 'Natal' });
  await save();
  expect(patches()).toEqual([]);
  expect(screen.getByRole('alert')).toHaveTextContent('Recife');
  await userEvent.click(screen.getByRole('button', { name: 'Manter o meu' }));
  await save();

  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(patches()).toMatchObject([{ body: { city: 'Olinda' }, ifMatch: '"4"' }]);
});

it('goes on by itself after a lost race over another field', async () => {
  let lost = 0;
  const { patches, onClose } = open(({ method, path, ifMatch }) => {
    if (method === 'PATCH' && ifMatch === '"3"') return [412, { code: 'x', number: (lost += 1) }];
    return method === 'GET' && path.endsWith('/a') ? [200, changed({ city: 'Natal' })] : undefined;
  });
  await replace('Cargo', 'Gerente');

  await save();

  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(lost).toBe(1);
  expect(patches().at(-1)).toMatchObject({ body: { jobTitle: 'Gerente' }, ifMatch: '"4"' });
});

it('takes theirs after a lost race over the same field', async () => {
  open(({ method, path }) => {
    if (method === 'PATCH') return [412, { code: 'x' }];
    return method === 'GET' && path.endsWith('/a') ? [200, changed({ city: 'Natal' })] : undefined;
  });
  await replace('Cidade', 'Olinda');

  await save();
  await userEvent.click(await screen.findByRole('button', { name: 'Usar este' }));

  expect(screen.getByRole('textbox', { name: 'Cidade' })).toHaveValue('Natal');
  expect(screen.queryByRole('alert')).toBeNull();
});

const question = () => screen.findByRole('dialog', { name: 'Sair sem salvar?' });
const answer = async (name: string) => {
  await question();
  await userEvent.click(screen.getByRole('button', { name }));
  await waitFor(() =>
    expect(screen.queryByRole('dialog', { name: 'Sair sem salvar?' })).toBeNull(),
  );
};

it('asks on every way out before what is typed goes away', async () => {
  const { onClose, patches } = open();
  await replace('Cargo', 'Gerente');
  const ways = [
    () => userEvent.keyboard('{Escape}'),
    () => userEvent.click(screen.getByRole('button', { name: 'Fechar' })),
    () => userEvent.click(screen.getByRole('button', { name: 'Cancelar' })),
  ];

  for (const way of ways) {
    await way();
    await answer('Continuar editando');
    expect(screen.getByRole('textbox', { name: 'Cargo' })).toHaveValue('Gerente');
  }
  // The browser asks, too, when the tab is closed.
  expect(hasUnsaved()).toBe(true);
  expect(onClose).not.toHaveBeenCalled();
  await ways[2]!();
  await answer('Sair sem salvar');

  expect(onClose).toHaveBeenCalledOnce();
  expect(patches()).toEqual([]);
});

it('asks nothing where nothing is typed, and nothing once it is saved', async () => {
  const { onClose } = open();
  await screen.findByRole('textbox', { name: 'Cargo' });
  expect(hasUnsaved()).toBe(false);
  await replace('Cargo', 'Gerente');
  await replace('Cargo', 'Vendedora');
  await userEvent.click(screen.getByRole('button', { name: 'Cancelar' }));
  expect(onClose).toHaveBeenCalledOnce();

  await replace('Cargo', 'Gerente');
  await save();
  await waitFor(() => expect(onClose).toHaveBeenCalledTimes(2));

  expect(screen.queryByRole('dialog', { name: 'Sair sem salvar?' })).toBeNull();
});

it('is one of the forms that the whole page asks about, once', async () => {
  open();
  await replace('Cargo', 'Gerente');
  let may: boolean | undefined;

  act(() => void mayLeave().then((answered) => (may = answered)));
  await answer('Continuar editando');
  expect(may).toBe(false);
  act(() => void mayLeave().then((answered) => (may = answered)));
  await answer('Sair sem salvar');

  expect(may).toBe(true);
  expect(await mayLeave()).toBe(true);
});
