// What a record's state holds is looked at, and not offered to be changed.
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { entity, field, serve, showPage } from '@/testing/page';
import { items, part, product } from '@/testing/proposal';
import { EntityRecordPage } from '@/ui/EntityPage/EntityRecordPage';
import type { EntityScreen } from '@/ui/screens';

let onPhone = false;
vi.mock('@/lib/useSmallScreen', () => ({
  useSmallScreen: () => onPhone,
  useNarrowScreen: () => onPhone,
}));

const draft = { field: 'status', values: ['draft'] };
const proposal = entity(
  'proposal',
  [
    field('title', 'Título', { editableWhen: draft }),
    field('notes', 'Observações', { editableWhen: null }),
    field('canal', 'Canal', { custom: true, editableWhen: draft }),
    field('status', 'Situação', { readOnly: true }),
    { ...items, editableWhen: draft },
    field('total', 'Total', { type: 'money', readOnly: true }),
  ],
  { titleField: 'title', label: 'Proposta', counters: [], deletableWhen: draft },
);
const shown = {
  entity: 'proposal',
  icon: () => null,
  previews: { total: () => null },
  Mark: ({ record }) => <em>{record.status === 'sent' ? 'Vencida' : ''}</em>,
} as Partial<EntityScreen> as EntityScreen;

async function open(status: string, asOf?: string) {
  const record = {
    ...{ id: 'p', version: 3, title: 'Loja', status, notes: 'Ligar', total: 100 },
    ...{ items: [part('d', 'Mesa', 100)], customFields: { canal: 'Feira' } },
  };
  serve(({ path }) => (path.endsWith('/proposals/p') ? [200, record] : undefined));
  showPage(<EntityRecordPage name="proposal" screen={shown} id="p" asOf={asOf} />, {
    entities: [proposal, product],
    permissions: { proposal: { read: 'all', update: 'all', delete: 'all' } },
  });
  await screen.findByRole('table', { name: 'Itens' });
}
const pencils = () =>
  screen
    .queryAllByRole('button', { name: /^(Editar|Excluir)/ })
    .map((button) => button.getAttribute('aria-label'));

it('offers all of it to be changed as long as its state lets it', async () => {
  onPhone = false;
  await open('draft');

  expect(pencils()).toEqual(
    expect.arrayContaining(['Editar', 'Excluir', 'Editar Título', 'Editar Canal', 'Editar Itens']),
  );
});

it('offers in another state what is open in any', async () => {
  onPhone = false;
  await open('sent');

  expect(pencils()).toEqual(['Editar', 'Editar Observações']);
  await userEvent.click(screen.getByRole('button', { name: 'Editar' }));
  const drawer = within(await screen.findByRole('dialog'));
  expect(await drawer.findByLabelText('Observações')).toBeVisible();
  expect(drawer.queryByLabelText('Título')).toBeNull();
});

it('says beside the title what must not be missed, of what is and not of what was', async () => {
  onPhone = false;
  await open('sent');
  expect(screen.getByText('Vencida')).toBeVisible();
});

it('shows on a phone the table and what it comes to before the facts', async () => {
  onPhone = true;
  await open('sent');

  const table = screen.getByRole('region', { name: 'Itens' });
  const facts = screen.getByRole('region', { name: 'Informações' });
  expect(table).toHaveTextContent(/TotalR\$ 100,00$/);
  expect(table.compareDocumentPosition(facts)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
});
