import type { Browser, Page } from '@playwright/test';
import { colleague, customer, customers, expect, rowOf, signedIn, test } from './fixtures';
import type { Company } from './fixtures';

/** A second browser, in which somebody else of the company works. */
async function otherBrowser(browser: Browser, who: Company): Promise<Page> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signedIn(page, who);
  return page;
}

/** Opens an address and waits until the realtime connection has become a WebSocket. */
async function openLive(page: Page, address: string): Promise<void> {
  const socket = page.waitForEvent('websocket');
  await page.goto(address);
  await (await socket).waitForEvent('framereceived', ({ payload }) => payload === '3probe');
}

test('what one changes flashes on the screen of the other', async ({
  app,
  browser,
  company,
  request,
  mobile,
}) => {
  const [ana] = await customers(company, ['Ana', 'Bia']);
  const carlos = await otherBrowser(browser, await colleague(request, company, 'admin'));
  await openLive(app, '/clientes');
  await expect(rowOf(app, 'Ana')).toBeVisible();
  await carlos.goto(`/clientes/${ana!.id}`);

  const flash = mobile
    ? Promise.resolve()
    : app.locator('tr[data-flash]').waitFor({ state: 'attached' });
  await carlos.getByRole('button', { name: 'Editar Situação' }).click();
  await carlos.getByRole('option', { name: 'Inativo' }).click();

  await flash;
  await expect(rowOf(app, 'Ana')).toContainText('Inativo');
  await expect(app.getByRole('button', { name: /^Inativos/ })).toContainText('1');
  await carlos.context().close();
});

test('an open form takes over what a colleague changes, and overwrites nothing', async ({
  app,
  browser,
  company,
  request,
}) => {
  const { id } = await customer(company, { name: 'Ana', city: 'Recife' });
  const carlos = await otherBrowser(browser, await colleague(request, company, 'admin'));
  await openLive(app, `/clientes/${id}`);
  await app.getByRole('button', { name: 'Editar cliente' }).click();
  const form = app.getByRole('dialog', { name: 'Editar cliente' });
  await form.getByLabel('Cargo').fill('Gerente');

  await carlos.goto(`/clientes/${id}`);
  await carlos.getByRole('button', { name: 'Editar cliente' }).click();
  const other = carlos.getByRole('dialog', { name: 'Editar cliente' });
  await other.getByLabel('Cidade').fill('Natal');
  await other.getByRole('button', { name: 'Salvar' }).click();

  await expect(form.getByText('Carlos Meireles alterou Cidade')).toBeVisible();
  await expect(form.getByLabel('Cidade')).toHaveValue('Natal');
  await form.getByRole('button', { name: 'Salvar' }).click();
  await expect(form).toBeHidden();
  await expect
    .poll(() => company.call('GET', `/contacts/${id}`))
    .toMatchObject({ city: 'Natal', jobTitle: 'Gerente' });
  await carlos.context().close();
});

test('who else has the record open is seen on it @phone', async ({
  app,
  browser,
  company,
  request,
}) => {
  const { id } = await customer(company, { name: 'Ana' });
  const carlos = await otherBrowser(browser, await colleague(request, company, 'admin'));
  await carlos.goto(`/clientes/${id}`);
  await app.goto(`/clientes/${id}`);

  await expect(app.getByRole('img', { name: 'Também vendo: Carlos Meireles' })).toBeVisible();
  await expect(carlos.getByRole('img', { name: 'Também vendo: Marina Lopes' })).toBeVisible();
  await carlos.goto('/clientes');
  await expect(app.getByRole('img', { name: /Também vendo/ })).toBeHidden();
  await carlos.context().close();
});

test('what others add waits behind a pill @phone', async ({ app, company, request }) => {
  const carlos = await colleague(request, company, 'admin');
  await customer(company, { name: 'Ana' });
  await openLive(app, '/clientes');
  await expect(rowOf(app, 'Ana')).toBeVisible();
  await customer(carlos, { name: 'Bia' });
  await customer(carlos, { name: 'Caio' });

  await app.getByRole('button', { name: '2 novos' }).click();
  await expect(rowOf(app, 'Caio')).toBeVisible();
  await expect(app.getByRole('button', { name: /^Total/ })).toContainText('3');
  await expect(app.getByRole('button', { name: '2 novos' })).toBeHidden();
});

test('what others delete leaves, and notes arrive on the open page', async ({
  app,
  company,
  request,
}) => {
  const carlos = await colleague(request, company, 'admin');
  const [ana, bia] = await customers(company, ['Ana', 'Bia']);
  await openLive(app, '/clientes');
  await expect(rowOf(app, 'Bia')).toBeVisible();
  await carlos.call('DELETE', `/contacts/${bia!.id}`);
  await expect(rowOf(app, 'Bia')).toBeHidden();

  await openLive(app, `/clientes/${ana!.id}`);
  await expect(app.getByRole('heading', { level: 1, name: 'Ana' })).toBeVisible();
  await carlos.call('POST', '/notes', { contactId: ana!.id, body: 'Ligou pedindo proposta' });
  await expect(app.getByRole('region', { name: 'Linha do tempo' })).toContainText(
    'Ligou pedindo proposta',
  );
  await expect(app.getByText('Carlos Meireles criou nota')).toBeVisible();
});

test('a change made while the network was gone is there when it comes back', async ({
  app,
  company,
  context,
  request,
}) => {
  const carlos = await colleague(request, company, 'admin');
  const { id } = await customer(company, { name: 'Ana', status: 'prospect' });
  await openLive(app, '/clientes');
  await context.setOffline(true);
  await expect(app.getByText('Sem conexão. Reconectando…')).toBeVisible();
  await carlos.call('PATCH', `/contacts/${id}`, { status: 'inactive' });

  await context.setOffline(false);
  await expect(app.getByText('Sem conexão. Reconectando…')).toBeHidden();
  await expect(rowOf(app, 'Ana')).toContainText('Inativo', { timeout: 15_000 });
});

test('who is signed out elsewhere is asked to sign in again', async ({ app, company, request }) => {
  const { email, password } = company;
  await openLive(app, '/config/etiquetas');
  const session = await request.post('/api/v1/auth/login', { data: { email, password } });
  const { accessToken } = await session.json();
  await request.post('/api/v1/auth/password', {
    data: { currentPassword: password, newPassword: `${password}-2` },
    headers: { Authorization: `Bearer ${accessToken}` },
  });
  await expect(app.getByRole('dialog', { name: 'Sua sessão terminou' })).toBeVisible();
});
