import type { Page } from '@playwright/test';
import {
  colleague,
  customer,
  customers,
  expect,
  expectAccessible,
  expectOpenAccessible,
  newPhone,
  rowOf,
  rowsOf,
  signedIn,
  test,
} from './fixtures';

const drawer = (page: Page) => page.getByRole('dialog', { name: 'Novo cliente' });
const choose = async (page: Page, ...names: string[]) => {
  for (const name of names) {
    await page.getByRole('checkbox', { name: `Selecionar ${name}`, exact: true }).focus();
    await page.keyboard.press('Space');
  }
};

test('the first customer: what is missing is said at its field, then it is there @phone', async ({
  app,
}) => {
  await app.goto('/clientes');
  await expect(app.getByText('Nenhum cliente ainda')).toBeVisible();
  await expectAccessible(app);
  await app.locator('main').getByRole('button', { name: 'Novo cliente' }).last().click();

  await drawer(app).getByRole('button', { name: 'Salvar' }).click();
  await expect(drawer(app).getByText('Informe o nome')).toBeVisible();
  await expect(drawer(app).getByLabel('Nome')).toBeFocused();
  await drawer(app).getByLabel('Nome').fill('Renata Araújo');
  await drawer(app).getByLabel('E-mail').fill('renata@');
  await expect(drawer(app).getByText('E-mail inválido')).toBeVisible();
  await drawer(app).getByLabel('Telefone').fill('11 98');
  await expect(drawer(app).getByText(/Telefone inválido/)).toBeVisible();
  await expectAccessible(app);
  await drawer(app).getByLabel('E-mail').fill('renata@exemplo.com.br');
  await drawer(app).getByLabel('Telefone').fill('11 98765-4321');
  await expect(drawer(app).getByText(/inválido/)).toHaveCount(0);
  await app.keyboard.press('Control+Enter');

  await expect(drawer(app)).toBeHidden();
  await expect(app.getByText('Cadastro de Renata Araújo criado')).toBeVisible();
  await expect(rowOf(app, 'Renata Araújo')).toBeVisible();
  await expect(app.getByRole('button', { name: /^Total/ })).toContainText('1');
});

test('what the server refuses stands at its field too', async ({ app }) => {
  await app.route('**/api/v1/contacts', (route) =>
    route.request().method() === 'POST'
      ? route.fulfill({
          status: 422,
          contentType: 'application/problem+json',
          body: JSON.stringify({
            status: 422,
            code: 'validation',
            title: 'Confira os campos destacados',
            errors: [{ field: 'company', code: 'too_long', message: 'Empresa longa demais' }],
          }),
        })
      : route.continue(),
  );
  await app.goto('/clientes?novo=1');
  await drawer(app).getByLabel('Nome').fill('Ana');
  await drawer(app).getByLabel('Telefone').fill(newPhone());
  await drawer(app).getByRole('button', { name: 'Salvar' }).click();

  await expect(drawer(app).getByText('Empresa longa demais')).toBeVisible();
  await expect(drawer(app).getByLabel('Empresa')).toBeFocused();
  await expect(drawer(app).getByLabel('Nome')).toHaveValue('Ana');
});

test('a twin is told while its e-mail is typed', async ({ app, company }) => {
  const { id } = await customer(company, { name: 'Otávio Souza', email: 'otavio@exemplo.com.br' });
  await app.goto('/clientes?novo=1');
  await drawer(app).getByLabel('E-mail').fill('Otavio@exemplo.com.br');

  await expect(drawer(app).getByText('Já existe um cliente com este e-mail')).toBeVisible();
  await expectAccessible(app);
  await drawer(app)
    .getByRole('link', { name: /Otávio Souza/ })
    .click();
  await app.getByRole('button', { name: 'Sair sem salvar' }).click();
  await expect(app).toHaveURL(new RegExp(id));
});

test('a half-filled form asks before it closes @phone', async ({ app }) => {
  await app.goto('/clientes?novo=1');
  await drawer(app).getByLabel('Nome').fill('Quase');
  await app.keyboard.press('Escape');
  await expect(app.getByText('Sair sem salvar?')).toBeVisible();
  await app.getByRole('button', { name: 'Continuar editando' }).click();
  await expect(drawer(app).getByLabel('Nome')).toHaveValue('Quase');

  await drawer(app).getByRole('button', { name: 'Cancelar' }).click();
  await app.getByRole('button', { name: 'Sair sem salvar' }).click();
  await expect(drawer(app)).toBeHidden();
});

test('a cell is edited where it stands', async ({ app, company, mobile }) => {
  test.skip(mobile, 'phones edit on the record');
  const { id } = await customer(company, { name: 'João Souza', company: 'Studio Ipê' });
  await app.goto('/clientes');
  const row = rowOf(app, 'João Souza');

  await row.getByText('Studio Ipê').dblclick();
  await expectAccessible(app);
  await app.getByRole('textbox', { name: 'Empresa' }).fill('Moda Brisa');
  await app.keyboard.press('Enter');
  await expect(row).toContainText('Moda Brisa');
  await expect
    .poll(async () => (await company.call('GET', `/contacts/${id}`)).company)
    .toBe('Moda Brisa');

  await row.getByText('Moda Brisa').dblclick();
  await app.getByRole('textbox', { name: 'Empresa' }).fill('Outra');
  await app.keyboard.press('Escape');
  await expect(row).toContainText('Moda Brisa');

  await app.keyboard.press('ArrowRight');
  await app.keyboard.press('Enter');
  await app.getByRole('option', { name: 'Inativo' }).click();
  await expect(row).toContainText('Inativo');
  await expect(app.getByRole('button', { name: /^Inativos/ })).toContainText('1');
});

test('two who edit the same cell are told of each other', async ({
  app,
  company,
  request,
  mobile,
}) => {
  test.skip(mobile, 'phones edit on the record');
  const carlos = await colleague(request, company, 'admin');
  const { id } = await customer(company, { name: 'João Souza', company: 'Studio Ipê' });
  await app.goto('/clientes');
  await rowOf(app, 'João Souza').getByText('Studio Ipê').dblclick();
  await app.getByRole('textbox', { name: 'Empresa' }).fill('A minha');
  await carlos.call('PATCH', `/contacts/${id}`, { company: 'A do Carlos' });
  await app.keyboard.press('Enter');

  await expect(app.getByText(/Carlos Meireles alterou Empresa para A do Carlos/)).toBeVisible();
  await expect(rowOf(app, 'João Souza')).toContainText('A do Carlos');
  await app.getByRole('button', { name: 'Salvar o meu' }).click();
  await expect(rowOf(app, 'João Souza')).toContainText('A minha');
});

test('many change their status at once, and change back @phone', async ({ app, company }) => {
  await customers(company, ['Ana', 'Bia', 'Caio', 'Davi'], () => ({ status: 'prospect' }));
  await app.goto('/clientes');
  await choose(app, 'Ana', 'Bia', 'Caio');
  await expect(app.getByText('3 selecionados')).toBeVisible();
  await expectAccessible(app);
  await app.getByRole('button', { name: 'Alterar situação' }).click();
  await expect(app.getByRole('menuitem', { name: 'Inativo' })).toBeVisible();
  await expectOpenAccessible(app);
  await app.getByRole('menuitem', { name: 'Inativo' }).click();

  await expect(app.getByText('3 alterados')).toBeVisible();
  await expect(rowsOf(app).filter({ hasText: 'Inativo' })).toHaveCount(3);
  await expect(app.getByRole('button', { name: /^Inativos/ })).toContainText('3');
  await app.getByRole('button', { name: 'Desfazer' }).click();
  await expect(app.getByText('Alteração desfeita')).toBeVisible();
  await expect(rowsOf(app).filter({ hasText: 'Prospect' })).toHaveCount(4);
});

test('many get a tag and an owner', async ({ app, company, mobile }) => {
  await customers(company, ['Ana', 'Bia', 'Caio']);
  await app.goto('/clientes');
  await choose(app, 'Ana', 'Bia');
  await app.getByRole('button', { name: 'Etiquetar' }).click();
  await app.getByRole('combobox', { name: 'Adicionar etiquetas' }).fill('Feira 2026');
  await expect(app.getByRole('option', { name: /Feira 2026/ })).toBeVisible();
  await expectOpenAccessible(app);
  await app.keyboard.press('Enter');
  await app.getByRole('button', { name: 'Aplicar' }).click();
  await expect(app.getByText('2 alterados')).toBeVisible();

  await choose(app, 'Ana', 'Bia');
  // What was just done may still be told: what comes next lies free of it.
  const toast = (await app.getByRole('alert').first().boundingBox())!;
  const bulk = (await app.getByRole('region', { name: 'Ações em massa' }).boundingBox())!;
  expect(toast.y + toast.height <= bulk.y || toast.y >= bulk.y + bulk.height).toBe(true);
  await app.getByRole('button', { name: 'Atribuir' }).click();
  await app.getByRole('combobox', { name: 'Responsável' }).click();
  await expect(app.getByRole('option', { name: 'Marina Lopes' })).toBeVisible();
  await expectOpenAccessible(app);
  await app.getByRole('option', { name: 'Marina Lopes' }).click();
  await app.getByRole('button', { name: 'Aplicar' }).click();
  await expect(app.getByText('2 alterados').last()).toBeVisible();

  const { data } = await company.call<{ data: { name: string; tags: string[] }[] }>(
    'GET',
    '/contacts?sortBy=name&sortOrder=asc',
  );
  expect(data.map(({ tags }) => tags)).toEqual([['Feira 2026'], ['Feira 2026'], []]);
  if (!mobile) await expect(rowOf(app, 'Ana')).toContainText('Marina Lopes');
});

test('all that was found goes to the bin, and comes back @phone', async ({ app, company }) => {
  const names = Array.from({ length: 23 }, (_, index) => `Pessoa ${index + 1}`);
  await customers(company, names);
  await app.goto('/clientes?limit=20');
  await choose(app, ...names.slice(3));
  await app.getByRole('button', { name: 'Selecionar todos os 23 resultados' }).click();
  await app.getByRole('region', { name: 'Ações em massa' }).getByText('Excluir').click();
  const sure = app.getByRole('dialog').getByRole('button', { name: 'Excluir' });
  await expect(sure).toBeVisible();
  await expectOpenAccessible(app);
  await sure.click();

  await expect(app.getByText('23 excluídos')).toBeVisible();
  await expect(app.getByText('Nenhum cliente ainda')).toBeVisible();
  await app.getByRole('button', { name: 'Mais opções da lista' }).click();
  await app.getByRole('menuitem', { name: 'Ver lixeira' }).click();
  await expect(app.getByRole('heading', { name: 'Lixeira de clientes' })).toBeVisible();
  await choose(app, 'Pessoa 23', 'Pessoa 22');
  await app.getByRole('button', { name: 'Restaurar' }).click();
  await expect(app.getByText('2 restaurados')).toBeVisible();
  await app.getByRole('button', { name: 'Sair da lixeira' }).click();
  await expect(rowsOf(app)).toHaveCount(2);
});

test('one is deleted by its menu, and brought back', async ({ app, company, mobile }) => {
  await customers(company, ['Ana', 'Bia']);
  await app.goto(mobile ? '/clientes?view=cards' : '/clientes');
  await rowOf(app, 'Bia').hover();
  await app.getByRole('button', { name: 'Ações de Bia' }).click();
  await app.getByRole('menuitem', { name: 'Excluir' }).click();

  await expect(rowOf(app, 'Bia')).toBeHidden();
  await expect(app.getByText('Bia foi para a lixeira')).toBeVisible();
  await app.getByRole('button', { name: 'Desfazer' }).click();
  await expect(rowOf(app, 'Bia')).toBeVisible();
});

test('who may only read sees nothing to press @phone', async ({
  page,
  company,
  request,
  mobile,
}) => {
  await customer(company, { name: 'Ana Ribeiro', company: 'Moda Brisa' });
  await signedIn(page, await colleague(request, company, 'readonly'));
  await page.goto('/clientes');
  await expect(rowOf(page, 'Ana Ribeiro')).toBeVisible();

  await expect(page.getByRole('button', { name: 'Novo cliente' })).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Importar' })).toHaveCount(0);
  await choose(page, 'Ana Ribeiro');
  await expect(page.getByRole('button', { name: /Excluir|Etiquetar/ })).toHaveCount(0);
  if (!mobile) {
    await rowOf(page, 'Ana Ribeiro').getByText('Moda Brisa').dblclick();
    await expect(page.getByRole('textbox', { name: 'Empresa' })).toHaveCount(0);
  }
  await page.goto('/clientes/importar');
  await expect(page.getByText('Você não pode ver a importação de clientes')).toBeVisible();
});
