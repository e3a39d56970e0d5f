import { customer, expect, expectAccessible, rowOf, settled, test } from './fixtures';

test.beforeEach(async ({ app }) => {
  await app.goto('/config/preferencias');
  await expect(app.getByRole('heading', { name: 'Preferências', level: 1 })).toBeVisible();
});

test('Spotlight finds a customer and opens the record by keyboard alone @phone', async ({
  app,
  company,
}) => {
  const { id } = await company.call<{ id: string }>('POST', '/contacts', {
    name: 'Marcelo Santos',
    company: 'Clínica Vitalis',
    phone: '+5511912345678',
  });

  await app.keyboard.press('Control+k');
  await expect(app.getByRole('combobox', { name: /Buscar clientes/ })).toBeFocused();
  await app.keyboard.type('marcelo');
  await expect(app.getByRole('option', { name: /Marcelo Santos/ })).toBeVisible();
  await expectAccessible(app);
  await app.keyboard.press('Enter');

  await expect(app).toHaveURL(new RegExp(`/clientes/${id}`));
  await app.keyboard.press('Control+k');
  await expect(app.getByRole('group', { name: 'Recentes' })).toContainText('Marcelo Santos');
});

test('Spotlight runs actions after >', async ({ app }) => {
  await app.keyboard.press('Control+k');
  await expect(app.getByRole('combobox', { name: /Buscar clientes/ })).toBeFocused();
  await app.keyboard.type('>etiq');
  await expect(app.getByRole('option')).toHaveCount(1);
  await app.keyboard.press('Enter');

  await expect(app.getByRole('heading', { name: 'Etiquetas', level: 1 })).toBeVisible();
});

test('Spotlight says when nothing was found', async ({ app }) => {
  await app.keyboard.press('Control+k');
  await expect(app.getByRole('combobox', { name: /Buscar clientes/ })).toBeFocused();
  await app.keyboard.type('zzzz-nada');
  await expect(app.getByText('Nada encontrado para “zzzz-nada”')).toBeVisible();
  await app.keyboard.press('Escape');
  await expect(app.getByRole('dialog')).toBeHidden();
});

test('keys go places, and can be switched off', async ({ app, company, mobile }) => {
  test.skip(mobile, 'phones have no keys');
  await customer(company, { name: 'Marcelo Santos' });
  await app.locator('#conteudo').focus();
  await app.keyboard.press('?');
  const sheet = app.getByRole('dialog', { name: 'Atalhos do teclado' });
  await expect(sheet).toContainText('Clientes');
  await expectAccessible(app);
  await app.keyboard.press('Escape');

  await app.keyboard.press('g');
  await app.keyboard.press('c');
  await expect(app).toHaveURL(/\/clientes/);
  // Two keys are one while they come close together: no page that is being drawn lies between.
  await expect(rowOf(app, 'Marcelo Santos')).toBeVisible();
  await settled(app);
  await app.keyboard.press('g');
  await app.keyboard.press('s');
  await expect(app).toHaveURL(/\/config\/perfil$/);
  await app.getByRole('link', { name: 'Preferências' }).click();
  await app.getByText('Atalhos de uma tecla').waitFor();
  await app.getByRole('switch', { name: 'Atalhos de uma tecla' }).uncheck({ force: true });
  await app.locator('#conteudo').focus();
  await app.keyboard.press('g');
  await app.keyboard.press('c');
  await expect(app).toHaveURL(/\/config\/preferencias/);
});

test('[ folds the sidebar, and the choice is kept', async ({ app, mobile }) => {
  test.skip(mobile, 'phones have no sidebar');
  const search = app.getByText('Buscar', { exact: true });
  await expect(search).toBeVisible();
  await app.locator('#conteudo').focus();
  await app.keyboard.press('[');
  await expect(search).toBeHidden();
  await expectAccessible(app);

  await app.reload();
  await expect(app.getByRole('heading', { name: 'Preferências', level: 1 })).toBeVisible();
  await expect(search).toBeHidden();
});

test('the theme follows the choice and survives a reload', async ({ app }) => {
  await app.getByText('Escuro', { exact: true }).click();
  await expect(app.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');

  await app.reload();

  await expect(app.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
});

test('the language changes everywhere, the words of the server too', async ({ app, mobile }) => {
  if (mobile) await app.getByRole('button', { name: 'Mais' }).click();
  await app.getByRole('button', { name: /Marina Lopes/ }).click();
  await app.getByRole('menuitemradio', { name: 'English' }).click();

  await expect(app.locator('html')).toHaveAttribute('lang', 'en');
  await app.goto('/config/perfis');
  await expect(app.getByRole('rowheader', { name: 'Customers' })).toBeVisible();
});

test('without a network a strip says so, and goes away @phone', async ({ app, context }) => {
  await context.setOffline(true);
  await expect(app.getByText('Sem conexão. Reconectando…')).toBeVisible();
  await expectAccessible(app);

  await context.setOffline(false);
  await expect(app.getByText('Sem conexão. Reconectando…')).toBeHidden();
});

test('an unknown address leads back', async ({ app }) => {
  await app.goto('/nao-existe');
  await expect(app.getByText('Não encontramos o que você procura')).toBeVisible();
  await app.getByRole('link', { name: 'Voltar ao início' }).click();
  await expect(app.getByRole('heading', { name: 'Início', level: 1 })).toBeVisible();

  // Beside the list of settings its title stands above what is said.
  await app.goto('/config/nada');
  const title = await app.getByRole('heading', { name: 'Endereço desconhecido' }).boundingBox();
  const said = await app.getByText('Não encontramos o que você procura').boundingBox();
  expect(said?.y).toBeGreaterThan((title?.y ?? 0) + (title?.height ?? 0));
  expect(said?.width).toBeGreaterThan(200);
});

test('the menu of one’s own account can be used by everybody @phone', async ({ app, mobile }) => {
  if (mobile) await app.getByRole('button', { name: 'Menu', exact: true }).click();
  await app.getByRole('button', { name: /Marina Lopes/ }).click();
  await expect(app.getByRole('menuitemradio', { name: 'Português' })).toBeVisible();
  await expectAccessible(app);
});

test('the first Tab reaches the content', async ({ app, mobile }) => {
  test.skip(mobile, 'phones have no Tab');
  await app.goto('/config/etiquetas');
  await expect(app.getByRole('heading', { name: 'Etiquetas', level: 1 })).toBeVisible();
  await app.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await app.keyboard.press('Tab');
  const skip = app.getByRole('link', { name: 'Ir para o conteúdo' });
  await skip.focus();
  await expect(skip).toBeInViewport();
  await app.keyboard.press('Enter');
  await expect(app.locator('#conteudo')).toBeFocused();
});

test('on a phone the menu is a drawer and closes behind a choice @phone', async ({
  app,
  mobile,
}) => {
  test.skip(!mobile, 'desktops have the sidebar');
  await app.getByRole('button', { name: 'Menu' }).click();
  await expect(app.getByRole('dialog', { name: 'Menu' })).toBeVisible();
  await expectAccessible(app);
  await app.getByRole('dialog').getByRole('link', { name: 'Clientes' }).click();

  await expect(app.getByRole('dialog')).toBeHidden();
  await expect(app).toHaveURL(/\/clientes/);
});
