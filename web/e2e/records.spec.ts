import { expect, expectAccessible, rowOf, test } from './fixtures';

test('an entity without a screen of its own is listed, made, changed and deleted @phone', async ({
  app,
  mobile,
}) => {
  await app.goto('/registros/team');
  await expect(app.getByRole('heading', { level: 1, name: 'Equipes' })).toBeVisible();
  await expect(app.getByText('Nada por aqui ainda')).toBeVisible();
  await expectAccessible(app);
  await app.locator('main').getByRole('button', { name: 'Criar equipe' }).last().click();
  const drawer = app.getByRole('dialog', { name: 'Criar equipe' });
  await drawer.getByRole('button', { name: 'Salvar' }).click();
  await expect(drawer.getByLabel('Nome')).toBeFocused();
  await drawer.getByLabel('Nome').fill('Suporte');
  await drawer.getByRole('button', { name: 'Salvar' }).click();
  await expect(rowOf(app, 'Suporte')).toBeVisible();
  await expectAccessible(app);

  await rowOf(app, 'Suporte').getByRole('link').click();
  await expect(app.getByRole('heading', { level: 1, name: 'Suporte' })).toBeVisible();
  await expect(app.getByText('criou o registro')).toBeVisible();
  await app.getByRole('button', { name: 'Editar Nome' }).click();
  await app.getByRole('textbox', { name: 'Nome' }).fill('Suporte técnico');
  await app.keyboard.press('Enter');
  await expect(app.getByRole('heading', { level: 1, name: 'Suporte técnico' })).toBeVisible();
  await expect(app.getByRole('region', { name: 'Histórico de alterações' })).toContainText(
    'Suporte técnico',
  );
  await expectAccessible(app);

  await app.getByRole('button', { name: 'Excluir', exact: true }).click();
  await expect(app).toHaveURL(/\/registros\/team$/);
  await app.getByRole('button', { name: 'Desfazer' }).click();
  await expect(rowOf(app, 'Suporte técnico')).toBeVisible();
  if (!mobile) await expect(app.getByRole('columnheader', { name: 'Nome' })).toBeVisible();
});

test('an entity that nobody declared is not found', async ({ app }) => {
  await app.goto('/registros/unicorn');
  await expect(app.getByText('Não encontramos o que você procura')).toBeVisible();
  await expectAccessible(app);
});
