// What is told in the timeline of a record: of itself, and of what is about it.
import { useLocation } from '@tanstack/react-router';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { openBy } from '@/lib/addresses';
import { entity, field, serve, showPage } from '@/testing/page';
import { RecordTimeline } from './RecordTimeline';

const more = { timeline: ['note', 'deal', 'secret'], importable: true };
const contact = entity('contact', [field('status', 'Situação')], more);
const note = entity('note', [], { label: 'Nota', labelPlural: 'Notas' });
const deal = entity('deal', [field('value', 'Valor')], { label: 'Proposta' });

const told = (type: string, record: object, what: object = {}) => ({
  ...{ id: type, type, label: null, at: '2026-11-20T12:00:00Z', body: null, record },
  ...{ entity: type.split('.')[0], actor: { id: 'me', name: 'Marina Lopes' }, ...what },
});
const plan = { id: 'd1', title: 'Plano anual' };
const ana = { id: 'ana', title: 'Ana Ribeiro' };
const ENTRIES = [
  told('deal.accepted', plan, { label: 'aceitou a proposta', actor: null }),
  told('deal.updated', plan, { changes: { value: { from: '10', to: '20' } } }),
  told('contact.merged', ana, { label: 'mesclou o cadastro' }),
  told('contact.updated', ana, { id: 'merged', changes: { status: { from: 'a', to: 'b' } } }),
  told('deal.sung', plan),
  told('note.created', { id: 'n1', title: 'Achou caro' }, { body: 'Achou caro' }),
  told('contact.updated', ana, { changes: { status: { from: 'prospect', to: 'active' } } }),
  told('contact.imported', ana),
];

function open(type?: string) {
  const asked = serve(({ path }) =>
    path.endsWith('/timeline')
      ? [200, { data: ENTRIES, pagination: { limit: 30, nextCursor: null } }]
      : undefined,
  );
  const onType = vi.fn();
  showPage(
    <>
      <RecordTimeline entity={contact} id="ana" type={type} onType={onType} />
      <Address />
    </>,
    { entities: [contact, note, deal] },
  );
  return { asked, onType };
}
const Address = () => <output aria-label="Endereço">{useLocation().href}</output>;
const address = () => screen.getByRole('status', { name: 'Endereço' });

const items = async () =>
  within(await screen.findByRole('region', { name: 'Linha do tempo' }))
    .getAllByRole('listitem')
    .filter((item) => item.querySelector('time'))
    .map((item) => item.querySelector('p')!)
    .map((title) => title.textContent!.replace(title.querySelector('time')!.textContent!, ''));

it('tells of the record and of all that is about it', async () => {
  open();

  expect(await items()).toEqual([
    'Sistema aceitou a proposta: Plano anual',
    'Marina Lopes alterou proposta Plano anual',
    'Marina Lopes mesclou o cadastro',
    'Marina Lopes registrou deal.sung em proposta Plano anual',
    'Marina Lopes criou nota',
    'Marina Lopes alterou situação',
    'Marina Lopes importou o registro',
  ]);
  expect(screen.getByText('Achou caro')).toBeVisible();
  expect(screen.getByText('Valor')).toBeVisible();
  expect(screen.getByText('mesclou o cadastro').closest('li')).toHaveTextContent('Situação');
});

it('leads to what is told of', async () => {
  open();
  await items();

  const [first] = screen.getAllByRole('link', { name: 'Plano anual' });
  expect(first).toHaveAttribute('href', '/registros/deal/d1');
  expect(screen.getByRole('link', { name: 'nota' })).toHaveAttribute('href', '/registros/note/n1');
});

it('leads to where a module says that it is, and to its own page when it is there no more', async () => {
  openBy('note', ({ id }) =>
    id === 'n1' ? { to: '/clientes/ana', search: { nota: id } } : Promise.reject(new Error('gone')),
  );
  openBy('deal', () => Promise.reject(new Error('gone')));
  open();
  await items();

  await userEvent.click(screen.getByRole('link', { name: 'nota' }));
  await waitFor(() => expect(address()).toHaveTextContent('/clientes/ana?nota=n1'));
  await userEvent.click(screen.getAllByRole('link', { name: 'Plano anual' })[0]!);
  await waitFor(() => expect(address()).toHaveTextContent('/registros/deal/d1'));
});

it('offers the entities that tell of it and that somebody may read', async () => {
  const { asked, onType } = open('deal');
  await items();
  expect(asked.find(({ path }) => path.endsWith('/timeline'))?.query.get('type')).toBe('deal');

  await userEvent.click(screen.getByRole('combobox', { name: 'Tipo de acontecimento' }));
  const options = await screen.findAllByRole('option');
  expect(options.map((option) => option.textContent)).toEqual([
    ...['Tudo', 'Notas', 'deals', 'Alterações', 'Criação', 'Importação', 'Exclusão'],
  ]);
  await userEvent.click(screen.getByRole('option', { name: 'Notas' }));

  expect(onType).toHaveBeenCalledWith('note');
});

it('asks for everything when an address names what does not exist', async () => {
  const { asked } = open('sung');
  await items();

  expect(asked.find(({ path }) => path.endsWith('/timeline'))?.query.has('type')).toBe(false);
});
