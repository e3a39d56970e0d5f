import { useQuery } from '@tanstack/react-query';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import type { Import } from '@/api/types';
import { entity, field, serve, showPage } from '@/testing/page';
import { importQuery, type ImportPlan } from './queries';
import { CheckStep } from './CheckStep';

const contact = entity('contact', [
  field('name', 'Nome', { required: true }),
  field('email', 'E-mail', { type: 'email' }),
]);
const counts = { total: 9, processed: 9, created: 5, updated: 0, noticed: 0 };
const trial = {
  ...{ id: 't', uploadId: 'u', fileName: 'a.csv', dryRun: true, state: 'done', finishedAt: '1' },
  entity: 'contact',
  ...{ ...counts, skipped: 1, failed: 3 },
} as Import;
const preview = {
  uploadId: 'u',
  columns: [
    { index: 0, header: 'Nome', sample: [], suggestedField: 'name', unmatchedValues: [] },
    { index: 1, header: 'Mail', sample: [], suggestedField: 'email', unmatchedValues: [] },
  ],
};
const plan: ImportPlan = {
  mode: 'upsert',
  mapping: [
    { column: 0, field: 'name', onError: 'refuse_row', values: {} },
    { column: 1, field: 'email', onError: 'refuse_row', values: {} },
  ],
  fixes: [],
  summaryLines: 'skip',
  summaryRows: [],
};
const wrong = (row: number) => ({
  ...{ row, line: row + 1, taken: false, values: {}, cells: ['Ana', 'ana(at)x'] },
  errors: [{ field: 'email', code: 'format', value: 'ana(at)x', message: 'E-mail inválido' }],
});
const total = { row: 9, line: 10, taken: false, values: {}, cells: ['TOTAL', '8'], errors: [] };
const page = (data: object[]) => ({ data, pagination: { total: data.length, totalPages: 1 } });
const groups = {
  data: [
    {
      ...{ field: 'email', code: 'format', taken: false, count: 3, message: 'E-mail inválido' },
      values: [{ value: 'ana(at)x', count: 3 }],
    },
  ],
};

function Trial() {
  const { data } = useQuery(importQuery('t'));
  return data ? <CheckStep row={data} onBack={vi.fn()} onRun={vi.fn()} /> : null;
}

/** Shows the check; says what the server was told. */
function check(): ImportPlan[] {
  const told: ImportPlan[] = [];
  const again = { ...trial, state: 'queued', finishedAt: null };
  serve(({ path, method, query, body }) => {
    if (path.endsWith('/imports/t')) return [200, told.length > 0 ? again : trial];
    if (path.endsWith('/preview')) return [200, preview];
    if (path.endsWith('/plan') && method === 'PUT') {
      told.push(body as never);
      return [202, again];
    }
    if (path.endsWith('/plan')) return [200, plan];
    if (path.endsWith('/groups')) return [200, groups];
    if (path.endsWith('/errors')) return [200, page(query.has('only') ? [total] : [wrong(1)])];
    return undefined;
  });
  showPage(<Trial />, { entities: [contact] });
  return told;
}
const kinds = async () => within(await screen.findByRole('list', { name: 'Problemas por tipo' }));

it('mends a value wherever it stands: Enter saves, and the check is asked again', async () => {
  const told = check();
  const open = { name: 'Corrigir ana(at)x em E-mail' };

  await userEvent.click(await (await kinds()).findByRole('button', open));
  const input = screen.getByRole('textbox', { name: 'E-mail' });
  await userEvent.clear(input);
  await userEvent.type(input, 'ana@{Enter}');
  expect(input).toBeInvalid();
  expect(told).toEqual([]);
  await userEvent.type(input, 'x.com{Enter}');

  await waitFor(() => expect(told).toHaveLength(1));
  expect(told[0]!.mapping[1]!.values).toEqual({ 'ana(at)x': 'ana@x.com' });
  expect(screen.getByText('Conferindo de novo…')).toBeVisible();
  expect(screen.getByRole('button', { name: /Importar 5/ })).toBeDisabled();
});

it('mends one cell only, unless the others with its value are meant too; Esc leaves it', async () => {
  const told = check();
  const row = within(await screen.findByRole('table'));
  const open = async () =>
    userEvent.click(await row.findByRole('button', { name: 'Corrigir ana(at)x em E-mail' }));

  await open();
  await userEvent.keyboard('x{Escape}');
  await open();
  expect(
    await screen.findByRole('checkbox', { name: /também nas outras 2 células/ }),
  ).not.toBeChecked();
  const input = screen.getByRole('textbox', { name: 'E-mail' });
  await userEvent.clear(input);
  await userEvent.type(input, 'ana@x.com{Enter}');

  await waitFor(() => expect(told).toHaveLength(1));
  expect(told[0]!.fixes).toEqual([{ row: 1, column: 1, value: 'ana@x.com' }]);
  expect(told[0]!.mapping).toEqual(plan.mapping);
});

it('takes the rows without a field that does not fit', async () => {
  const told = check();

  await userEvent.click(await (await kinds()).findByRole('checkbox', { name: /E-mail/ }));

  await waitFor(() => expect(told[0]?.mapping[1]?.onError).toBe('skip_field'));
});

it('lists what looks like a total, and keeps each or all', async () => {
  const told = check();
  const lines = within(await screen.findByRole('region', { name: 'Linhas de total' }));

  expect(lines.getByText('1 linha parece um total e fica de fora')).toBeVisible();
  expect(lines.getByText('TOTAL · 8')).toBeVisible();
  await userEvent.click(lines.getByRole('button', { name: 'Manter a linha 10' }));

  await waitFor(() => expect(told[0]?.summaryRows).toEqual([9]));
  await userEvent.click(lines.getByRole('button', { name: 'Manter todas' }));
  expect(await lines.findByText('Linhas que parecem totais são importadas')).toBeVisible();
});
