// What a table of parts is not: a column, a condition, a bulk change, a cell of a spreadsheet.
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { fieldsToImport } from '@/modules/imports/importDraft';
import { serve, showPage } from '@/testing/page';
import { items, proposal, record } from '@/testing/proposal';
import { EntityPage } from '@/ui/EntityPage/EntityPage';
import { check } from '@/ui/RecordForm/check';
import { initialValues, newRow } from '@/ui/RecordForm/formValues';

const all = { read: 'all', create: 'all', update: 'all', delete: 'all', import: 'all' };
const known = { entities: [{ ...proposal, importable: true }], permissions: { proposal: all } };
const pagination = { page: 1, limit: 50, total: 1, totalRelation: 'eq', totalPages: 1 };

it('stands in no list, and no filter, column or bulk change offers it', async () => {
  serve(({ path }) =>
    path.endsWith('/proposals') ? [200, { data: [record], pagination }] : undefined,
  );
  showPage(<EntityPage name="proposal" search={{}} />, known);

  const grid = await screen.findByRole('grid');
  await userEvent.click(await within(grid).findByRole('checkbox', { name: 'Selecionar Loja' }));

  expect(await screen.findByRole('button', { name: 'Excluir' })).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Etiquetar' })).toBeNull();
  expect(
    within(grid)
      .getAllByRole('columnheader')
      .map((one) => one.textContent),
  ).not.toContain('Itens');
  await userEvent.click(screen.getByRole('button', { name: 'Colunas' }));
  expect(await screen.findByRole('checkbox', { name: 'Título' })).toBeVisible();
  expect(screen.queryByRole('checkbox', { name: 'Itens' })).toBeNull();
});

it('is no field of an import', () => {
  expect(fieldsToImport(proposal).map(({ label }) => label)).toEqual(['Título']);
});

it('may have bounds, which count what is written', () => {
  const row = (name: string) => newRow(items, { description: name });
  const bound = { ...items, min: 2, max: 2 };

  expect(check(bound, [row('a'), newRow(items)])).toMatchObject({ code: 'too_few' });
  expect(check(bound, [row('a'), row('b'), newRow(items)])).toBeNull();
  expect(check(bound, [row('a'), row('b'), row('c')])).toMatchObject({ code: 'too_many' });
  expect(check({ ...items, required: true }, [newRow(items)])).toEqual({ code: 'required' });
  expect(initialValues([items])).toEqual({ items: [] });
});
