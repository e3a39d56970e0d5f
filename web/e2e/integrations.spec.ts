import { colleague, expect, expectAccessible, settled, signedIn, test } from './fixtures';

const card = (name: string) => ({ name, exact: true });

test('the catalogue says what there is, what is used and what is planned @phone', async ({
  app,
}) => {
  await app.goto('/config/integracoes');
  const catalogue = app.getByRole('list', { name: 'Integrações' });
  const database = catalogue.getByRole('article', card('PostgreSQL'));
  await expect(database).toContainText('Funcionando');
  await expect(database).toContainText('Automática');
  const stripe = catalogue.getByRole('article', card('Stripe'));
  await expect(stripe).toContainText('Planejado');
  await expect(stripe.getByRole('link')).toHaveCount(0);
  await settled(app);
  await expectAccessible(app);

  await app.getByRole('searchbox', { name: 'Buscar integração' }).fill('pagamentos');
  await expect(catalogue.getByRole('article')).toHaveCount(1);
  await app.getByRole('searchbox', { name: 'Buscar integração' }).fill('nada assim');
  await expect(app.getByText('Nenhuma integração encontrada')).toBeVisible();
  await app.getByRole('searchbox', { name: 'Buscar integração' }).fill('');
  await app.locator('label').filter({ hasText: 'Em uso' }).click();
  await expect(catalogue.getByRole('article', card('PostgreSQL'))).toBeVisible();
  await expect(stripe).toHaveCount(0);
});

const conectar = { name: 'Conectar', exact: true };

test('an account is connected at the provider, tested, disconnected and deleted', async ({
  app,
}) => {
  await app.goto('/config/integracoes');
  await app.getByRole('link', { name: 'Conectar Google Analytics' }).click();
  await expect(app.getByText('Nenhuma conta de Google Analytics conectada')).toBeVisible();
  await expectAccessible(app);
  // Who plays Google asks nothing, and sends the browser back at once.
  await app.getByRole('button', conectar).click();

  await expect(app.getByText('Conectada com a conta ana@exemplo.com')).toBeVisible();
  await expect(app.getByText('Funcionou')).toBeVisible();
  await settled(app);
  await expectAccessible(app);
  await app.getByRole('button', { name: 'Testar' }).click();
  await expect(app.getByText('Funcionou')).toBeVisible();

  const dialog = app.getByRole('dialog');
  await app.getByRole('button', { name: 'Desconectar' }).click();
  await expectAccessible(app);
  await dialog.getByRole('button', { name: 'Desconectar' }).click();
  await expect(app.getByText('Desconectada')).toBeVisible();
  await app.getByRole('button', { name: 'Excluir' }).click();
  await dialog.getByRole('button', { name: 'Excluir' }).click();
  await expect(app.getByText('Nenhuma conta de Google Analytics conectada')).toBeVisible();
});

test('what the provider refuses is told in words', async ({ app, company }) => {
  await company.call('POST', '/connections', { integration: 'google', name: 'Analytics da loja' });
  await app.goto('/config/integracoes?integration=google');
  await app.getByRole('button', { name: 'Configurar', exact: true }).click();
  const dialog = app.getByRole('dialog');
  await dialog.getByLabel('Client ID').fill('ponte');
  await dialog.getByLabel('Client secret').fill('segredo-errado');
  await expectAccessible(app);
  await dialog.getByRole('button', { name: 'Salvar' }).click();
  await expect(dialog).toHaveCount(0);

  // A link that somebody made up connects nothing.
  await app.goto('/auth/google/callback?code=1&state=c.inventado');
  await expect(app.getByText('não é conhecida ou já foi usada')).toBeVisible();
  await expectAccessible(app);
  await app.getByRole('link', { name: 'Voltar às integrações' }).click();
  await app.getByRole('button', conectar).click();
  await expect(app.getByRole('alert')).toContainText('não reconhece o Client ID ou o segredo');
  await settled(app);
  await expectAccessible(app);
  await app.goto('/config/integracoes');
  await expect(app.getByRole('article', card('Google Analytics'))).toContainText(
    'Precisa de atenção',
  );
});

test('who may not read integrations is told so', async ({ page, company, request }) => {
  await signedIn(page, await colleague(request, company, 'agent'));
  await page.goto('/config/integracoes');

  await expect(page.getByText('Você não pode ver as integrações')).toBeVisible();
});
