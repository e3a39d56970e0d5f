import { expect, expectAccessible, rowsOf, test } from './fixtures';

test('the button of the list opens its numbers, and each leads to those that it counts @phone', async ({
  visit,
}) => {
  await visit.goto('/clientes');
  await visit.getByRole('link', { name: 'Painel' }).click();
  await expect(visit.getByRole('heading', { name: 'Painel', level: 1 })).toBeVisible();
  await expect(visit.getByRole('link', { name: /^Clientes ativos/ })).toContainText('12');
  const owners = visit.getByRole('region', { name: 'Por responsável' });
  await expect(owners.getByRole('link').first()).toContainText('24');
  const kinds = visit.getByRole('region', { name: 'Pessoas e empresas' });
  await expect(kinds.getByRole('link', { name: /^Pessoa/ })).toContainText('24');
  await expect(visit.getByRole('region', { name: 'Clientes novos por mês' })).toContainText('24');
  await expectAccessible(visit);

  const status = visit.getByRole('region', { name: 'Por situação' });
  await status.getByRole('link', { name: /^Inativo/ }).click();
  await expect(visit).toHaveURL(/\/clientes\?status=inactive/);
  await expect(rowsOf(visit)).toHaveCount(6);

  await visit.goBack();
  const months = visit.getByRole('region', { name: 'Clientes novos por mês' });
  await months.getByRole('link').last().click();
  await expect(visit).toHaveURL(/\/clientes\?filter=/);
  await expect(rowsOf(visit)).toHaveCount(24);
});

test('the dashboard of an empty base says how to begin', async ({ app }) => {
  await app.goto('/clientes/painel');
  await expect(app.getByText('Nenhum cliente ainda')).toBeVisible();
  await expectAccessible(app);
  await app.getByRole('link', { name: 'Novo cliente' }).click();
  await expect(app.getByRole('dialog', { name: 'Novo cliente' })).toBeVisible();
});

test('numbers that do not come say so, each for itself', async ({ visit }) => {
  await visit.route('**/api/v1/contacts/counts?by=kind*', (route) =>
    route.fulfill({ status: 500, body: '{}' }),
  );
  await visit.goto('/clientes/painel');

  const kinds = visit.getByRole('region', { name: 'Pessoas e empresas' });
  await expect(kinds.getByRole('button', { name: 'Tentar de novo' })).toBeVisible();
  await expect(visit.getByRole('link', { name: /^Clientes ativos/ })).toContainText('12');
});
