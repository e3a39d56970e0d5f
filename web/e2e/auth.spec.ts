import type { APIRequestContext } from '@playwright/test';
import { expect, expectAccessible, test, type Company } from './fixtures';

test('a visitor is led to the door and back to the page that was wanted', async ({
  page,
  company,
}) => {
  await page.goto('/config/etiquetas');
  await expect(page.getByRole('heading', { name: 'Entrar', level: 1 })).toBeVisible();

  await page.getByLabel('E-mail').fill(company.email);
  await page.getByLabel('Senha', { exact: true }).fill(company.password);
  await page.getByRole('button', { name: 'Entrar', exact: true }).click();

  await expect(page.getByRole('heading', { name: 'Etiquetas', level: 1 })).toBeVisible();
});

test('a new company starts in its own empty house', async ({ page }) => {
  const id = Date.now().toString(36) + Math.random().toString(36).slice(2, 6);
  await page.goto('/cadastrar');
  await page.getByLabel('Nome da empresa').fill(`Oficina ${id}`);
  await page.getByLabel('Seu nome').fill('Ana Souza');
  await page.getByLabel('E-mail').fill(`ana.${id}@exemplo.com.br`);
  await page.getByLabel('Senha', { exact: true }).fill(`Segredo-${id}-bom`);
  await page.getByRole('button', { name: 'Criar empresa' }).click();

  await expect(page.getByRole('heading', { name: 'Início', level: 1 })).toBeVisible();
  await expect(page.getByText(`Oficina ${id}`)).toBeVisible();
});

test('wrong words are answered above the form, missing ones at their field @phone', async ({
  page,
  company,
}) => {
  await page.goto('/entrar');
  await page.getByRole('button', { name: 'Entrar', exact: true }).click();
  await expect(page.getByText('Informe o e-mail')).toBeVisible();
  await expect(page.getByLabel('E-mail')).toBeFocused();

  await page.getByLabel('E-mail').fill(company.email);
  await page.getByLabel('Senha', { exact: true }).fill('errada-de-todo');
  await page.getByRole('button', { name: 'Entrar', exact: true }).click();

  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page).toHaveURL(/\/entrar/);
});

test('a taken e-mail is said at its field', async ({ page, company }) => {
  await page.goto('/cadastrar');
  await page.getByLabel('Nome da empresa').fill('Outra');
  await page.getByLabel('Seu nome').fill('Ana');
  await page.getByLabel('E-mail').fill(company.email);
  await page.getByLabel('Senha', { exact: true }).fill('Segredo-muito-bom-1');
  await page.getByRole('button', { name: 'Criar empresa' }).click();

  await expect(page.getByLabel('E-mail')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('E-mail')).toBeFocused();
});

test('too many attempts: the door says how long to wait', async ({ page }) => {
  await page.route('**/api/v1/auth/login', (route) =>
    route.fulfill({
      status: 429,
      headers: { 'Retry-After': '2', 'Content-Type': 'application/problem+json' },
      body: JSON.stringify({ status: 429, code: 'rate_limited', title: 'Muitas tentativas' }),
    }),
  );
  await page.goto('/entrar');
  await page.getByLabel('E-mail').fill('a@exemplo.com');
  await page.getByLabel('Senha', { exact: true }).fill('qualquer-uma');
  await page.getByRole('button', { name: 'Entrar', exact: true }).click();

  await expect(page.getByText(/Tente de novo em [12] segundos?/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Entrar', exact: true })).toBeDisabled();
  await expect(page.getByRole('button', { name: 'Entrar', exact: true })).toBeEnabled();
});

test('the door speaks English, and the choice stays after signing in', async ({
  page,
  company,
}) => {
  await page.goto('/entrar');
  await page.getByText('English').click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');

  await page.getByLabel('E-mail').fill(company.email);
  await page.getByLabel('Password', { exact: true }).fill(company.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();

  await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible();
  await page.goto('/config/perfil');
  await expect(page.getByRole('heading', { name: 'My account', level: 1 })).toBeVisible();
});

test('an ended session is renewed over the page, and typed text is kept @phone', async ({
  app,
  company,
  request,
}) => {
  const next = `${company.password}-nova`;
  await app.goto('/config/perfil');
  const name = app.getByLabel('Nome').first();
  await name.fill('Marina ainda escrevendo');
  await endOtherSessions(request, company, next);

  // The realtime connection tells at once; nobody has to press anything.
  const dialog = app.getByRole('dialog', { name: 'Sua sessão terminou' });
  await expect(dialog).toBeVisible();
  await expectAccessible(app);
  await dialog.getByLabel(/^Senha/).fill(next);
  await dialog.getByRole('button', { name: 'Entrar', exact: true }).click();

  await expect(dialog).toBeHidden();
  await expect(name).toHaveValue('Marina ainda escrevendo');
  await app.getByRole('button', { name: 'Salvar' }).click();
  await expect(app.getByText('Há alterações não salvas')).toBeHidden();
});

/** Changing the password from another browser revokes every session but its own. */
async function endOtherSessions(request: APIRequestContext, company: Company, next: string) {
  const { email, password } = company;
  const session = await request.post('/api/v1/auth/login', { data: { email, password } });
  const { accessToken } = await session.json();
  const changed = await request.post('/api/v1/auth/password', {
    data: { currentPassword: password, newPassword: next },
    headers: { Authorization: `Bearer ${accessToken}` },
  });
  expect(changed.status()).toBe(204);
}

test('two tabs share one session', async ({ app, context }) => {
  await app.goto('/config/perfil');
  await expect(app.getByRole('heading', { name: 'Minha conta', level: 1 })).toBeVisible();
  const other = await context.newPage();

  await Promise.all([app.reload(), other.goto('/config/etiquetas')]);

  await expect(app.getByRole('heading', { name: 'Minha conta', level: 1 })).toBeVisible();
  await expect(other.getByRole('heading', { name: 'Etiquetas', level: 1 })).toBeVisible();
});

test('signing out closes the door', async ({ app, mobile }) => {
  await app.goto('/config/perfil');
  await expect(app.getByRole('heading', { name: 'Minha conta', level: 1 })).toBeVisible();
  if (mobile) await app.getByRole('button', { name: 'Mais' }).click();
  await app.getByRole('button', { name: /Marina Lopes/ }).click();
  await app.getByRole('menuitem', { name: 'Sair' }).click();

  await expect(app.getByRole('heading', { name: 'Entrar', level: 1 })).toBeVisible();
  await app.goto('/config/perfil');
  await expect(app).toHaveURL(/\/entrar/);
});

test('the door can be used by everybody @phone', async ({ page }) => {
  for (const address of ['/entrar', '/cadastrar']) {
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.getByRole('button', { name: /^(Entrar|Criar empresa)$/ }).click();
    await expectAccessible(page);
  }
});
