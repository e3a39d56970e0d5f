import { colleague, customer, expect, expectAccessible, signedIn, test } from './fixtures';

const DAY_MS = 86_400_000;
const dayFromNow = (days: number) =>
  new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

test('a new company is shown its first steps, and what is done of them @phone', async ({
  app,
  company,
}) => {
  await app.goto('/');
  const steps = app.getByRole('region', { name: 'Primeiros passos' });
  await expect(steps.getByText('0 de 6')).toBeVisible();
  await expect(app.getByText('Nada espera por você agora.')).toBeVisible();
  await expectAccessible(app);

  await steps.getByRole('link', { name: /Traga seus clientes/ }).click();
  await expect(app).toHaveURL(/\/clientes\/importar/);
  await customer(company);
  await company.call('POST', '/custom-fields', { entity: 'contact', name: 'Sócio', type: 'text' });

  await app.goto('/');
  await expect(steps.getByText('2 de 6')).toBeVisible();
  await expect(steps.getByRole('link', { name: /Traga seus clientes \(feito\)/ })).toBeVisible();
});

test('first steps that are in the way go, and come back', async ({ app }) => {
  await app.goto('/');
  await app.getByRole('button', { name: 'Ocultar os primeiros passos' }).click();
  await expect(app.getByText('Primeiros passos ocultados')).toBeVisible();
  await expect(app.getByRole('region', { name: 'Primeiros passos' })).toBeHidden();
  await app.getByRole('button', { name: 'Desfazer' }).click();
  await expect(app.getByRole('region', { name: 'Primeiros passos' })).toBeVisible();

  await app.getByRole('button', { name: 'Ocultar os primeiros passos' }).click();
  await expect(app.getByText('Primeiros passos ocultados')).toBeVisible();
  // The account remembers it, not this browser.
  await app.waitForLoadState('networkidle');
  await app.reload();
  await expect(app.getByRole('link', { name: /^Clientes/ }).last()).toBeVisible();
  await expect(app.getByRole('region', { name: 'Primeiros passos' })).toBeHidden();
});

test('what waits is said, and numbers lead to what they count @phone', async ({ app, company }) => {
  const ana = await customer(company, { name: 'Ana Ribeiro', status: 'active' });
  await company.call('POST', '/notes', { contactId: ana.id, body: 'Achou o prazo curto' });
  const { user } = await company.call<{ user: { id: string } }>('GET', '/auth/me');
  const { id } = await company.call<{ id: string }>('POST', '/proposals', {
    ...{ contactId: ana.id, title: 'Reforma da loja', assignedTo: user.id },
    validUntil: dayFromNow(3),
    items: [{ description: 'Projeto', quantity: 1, unitPrice: 1200 }],
  });
  await company.call('POST', `/proposals/${id}/send`, {});

  await app.goto('/');
  await expect(app.getByText('1 assunto espera por você.')).toBeVisible();
  const open = app.getByRole('region', { name: 'Propostas à espera de resposta' });
  await expect(open.getByRole('link', { name: /Reforma da loja/ })).toContainText('R$ 1.200,00');
  const notes = app.getByRole('region', { name: 'Notas recentes' });
  await expect(notes.getByRole('link', { name: /Achou o prazo curto/ })).toBeVisible();
  await expectAccessible(app);

  await app.getByRole('link', { name: '1 proposta sua vence em até 7 dias' }).click();
  await expect(app).toHaveURL(/\/propostas\?filter=/);
  await expect(app.getByText('Reforma da loja').first()).toBeVisible();

  await app.goto('/');
  await app.getByRole('link', { name: /Novos em 30 dias/ }).click();
  await expect(app).toHaveURL(/\/clientes\?status=new/);
  await expect(app.getByText('Ana Ribeiro').first()).toBeVisible();
});

test('nobody is shown, or asks for, what is not theirs to see', async ({
  page,
  company,
  request,
}) => {
  const refused: string[] = [];
  page.on('response', (answer) => {
    if (answer.status() === 403) refused.push(answer.url());
  });
  await signedIn(page, await colleague(request, company, 'readonly'));
  await page.goto('/');

  await expect(page.getByRole('heading', { name: /^Bo[am] .+, Carlos$/ })).toBeVisible();
  await expect(page.getByText('Tudo em dia.')).toBeVisible();
  await expect(page.getByText('Primeiros passos')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Criar' })).toBeHidden();
  expect(refused).toEqual([]);
});

test('a number that does not come leaves the others', async ({ app }) => {
  await app.route('**/api/v1/contacts/stats', (route) =>
    route.fulfill({ status: 500, body: '{}' }),
  );
  await app.goto('/');

  await expect(app.getByRole('alert').filter({ hasText: 'não carregou' }).first()).toBeVisible();
  await expect(app.getByRole('link', { name: /Propostas enviadas/ })).toBeVisible();
  await expectAccessible(app);
});

test('keys lead home', async ({ app, mobile }) => {
  test.skip(mobile, 'phones have no keys');
  await app.goto('/config/preferencias');
  await expect(app.getByRole('heading', { name: 'Preferências', level: 1 })).toBeVisible();
  await app.locator('#conteudo').focus();
  await app.keyboard.press('g');
  await app.keyboard.press('i');

  await expect(app.getByRole('heading', { name: 'Início', level: 1 })).toBeVisible();
});
