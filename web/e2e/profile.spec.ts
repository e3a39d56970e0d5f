import type { Page } from '@playwright/test';
import {
  customer,
  customers,
  expect,
  expectAccessible,
  expectOpenAccessible,
  rowOf,
  settled,
  test,
} from './fixtures';

const attribute = (page: Page, label: string) =>
  page.locator('dl > div').filter({ has: page.getByText(label, { exact: true }) });
const timeline = (page: Page) => page.getByRole('region', { name: 'Linha do tempo' });

test('attributes are changed where they stand, and history tells how they were @phone', async ({
  app,
  company,
  mobile,
}) => {
  const { id } = await customer(company, {
    name: 'Ana Ribeiro',
    email: 'ana.ribeiro.de.oliveira@um-endereco-bem-comprido.exemplo.com.br',
    city: 'Santos',
    status: 'prospect',
  });
  await app.goto(`/clientes/${id}`);
  await expect(app.getByRole('heading', { level: 1, name: 'Ana Ribeiro' })).toBeVisible();
  await settled(app);
  await expectAccessible(app);

  if (mobile) {
    await app.getByRole('button', { name: 'Mostrar todos os dados' }).click();
    await expect(app.getByRole('link', { name: /^ana\.ribeiro/ })).toBeVisible();
    await expectAccessible(app, ['main']);
  }
  await app.getByRole('button', { name: 'Editar Cidade' }).click();
  await app.getByRole('textbox', { name: 'Cidade' }).fill('São Paulo');
  await app.keyboard.press('Enter');
  await expect(attribute(app, 'Cidade')).toContainText('São Paulo');
  await app.getByRole('button', { name: 'Editar Situação' }).click();
  await app.getByRole('option', { name: 'Ativo', exact: true }).click();
  await expect(attribute(app, 'Situação')).toContainText('Ativo');
  await expect(timeline(app)).toContainText('Marina Lopes alterou situação');

  await app.getByRole('tab', { name: 'Histórico' }).click();
  const history = app.getByRole('region', { name: 'Histórico de alterações' });
  await expect(history.getByText('Santos')).toBeVisible();
  await expectAccessible(app);
  await history
    .getByRole('button', { name: /Ver como era em/ })
    .last()
    .click();
  await expect(app.getByText(/Você está vendo como era em/)).toBeVisible();
  await expect(attribute(app, 'Cidade')).toContainText('Santos');
  await expect(app.getByRole('button', { name: 'Editar Cidade' })).toHaveCount(0);
  await expectAccessible(app);
  await app.getByRole('button', { name: 'Voltar para agora' }).click();
  await expect(attribute(app, 'Cidade')).toContainText('São Paulo');
});

test('a wrong value is refused at the field, and Esc gives the old one back', async ({
  app,
  company,
}) => {
  const { id } = await customer(company, { email: 'ana@exemplo.com.br' });
  await app.goto(`/clientes/${id}`);
  await app.getByRole('button', { name: 'Editar E-mail' }).click();
  await app.getByRole('textbox', { name: 'E-mail' }).fill('ana@');
  await app.keyboard.press('Enter');
  await expect(app.getByText('E-mail inválido')).toBeVisible();
  await app.keyboard.press('Escape');
  await expect(attribute(app, 'E-mail')).toContainText('ana@exemplo.com.br');
});

test('a tag is added and taken off', async ({ app, company }) => {
  const { id } = await customer(company, { tags: ['VIP'] });
  await app.goto(`/clientes/${id}`);
  const tags = app.getByRole('region', { name: 'Etiquetas' });
  await expect(tags).toContainText('VIP');

  await tags.getByRole('button', { name: 'Adicionar' }).click();
  await tags.getByRole('combobox').fill('Parceiro');
  await app.keyboard.press('Enter');
  await app.getByRole('heading', { level: 1 }).click();
  await expect
    .poll(async () => (await company.call<{ tags: string[] }>('GET', `/contacts/${id}`)).tags)
    .toEqual(expect.arrayContaining(['VIP', 'Parceiro']));
  await expect(tags).toContainText('Parceiro');
});

test('a note survives a reload before it is saved, and stands in the timeline after @phone', async ({
  app,
  company,
}) => {
  const { id } = await customer(company);
  await app.goto(`/clientes/${id}`);
  await app.getByRole('textbox', { name: 'Nova nota' }).fill('A filial abre em janeiro.');
  await app.reload();
  await expect(app.getByRole('textbox', { name: 'Nova nota' })).toHaveValue(
    'A filial abre em janeiro.',
  );
  await app.getByRole('textbox', { name: 'Nova nota' }).press('Control+Enter');
  await expect(timeline(app)).toContainText('A filial abre em janeiro.');
  await expect(app.getByRole('textbox', { name: 'Nova nota' })).toHaveValue('');

  await app.getByRole('combobox', { name: 'Tipo de acontecimento' }).click();
  await app.getByRole('option', { name: 'Criação' }).click();
  await expect(timeline(app)).toContainText('criou o registro');
  await expect(timeline(app)).not.toContainText('A filial abre em janeiro.');
});

test('a note is pinned, mended, deleted and brought back', async ({ app, company }) => {
  const { id } = await customer(company);
  await company.call('POST', '/notes', { contactId: id, body: 'Primeira' });
  await company.call('POST', '/notes', { contactId: id, body: 'Segunda' });
  await app.goto(`/clientes/${id}?tab=notas`);
  const list = app.getByRole('list', { name: 'Notas' });
  const cards = list.getByRole('listitem');
  await expect(cards).toHaveCount(2);
  await expectAccessible(app);

  await cards.filter({ hasText: 'Primeira' }).getByRole('button', { name: 'Fixar nota' }).click();
  await expect(cards.first()).toContainText('Fixada');
  await cards.first().getByRole('button', { name: 'Editar nota' }).click();
  await app.getByRole('textbox', { name: 'Editar nota' }).fill('Primeira, corrigida');
  await app.keyboard.press('Control+Enter');
  await expect(cards.first()).toContainText('Primeira, corrigida');
  await cards.first().getByRole('button', { name: 'Excluir nota' }).click();
  await expect(cards).toHaveCount(1);
  await app.getByRole('button', { name: 'Desfazer' }).click();
  await expect(cards).toHaveCount(2);
});

test('J and K go through the list one came from', async ({ app, company, mobile }) => {
  test.skip(mobile, 'phones have no keys');
  await customers(company, ['Ana', 'Bia', 'Caio']);
  await app.goto('/clientes?sort=name');
  await rowOf(app, 'Ana').getByRole('link').click();
  await expect(app.getByRole('heading', { level: 1, name: 'Ana' })).toBeVisible();

  await app.keyboard.press('j');
  await expect(app.getByRole('heading', { level: 1, name: 'Bia' })).toBeVisible();
  await app.getByRole('button', { name: 'Próximo da lista' }).click();
  await expect(app.getByRole('heading', { level: 1, name: 'Caio' })).toBeVisible();
  await app.keyboard.press('k');
  await expect(app.getByRole('heading', { level: 1, name: 'Bia' })).toBeVisible();
});

test('a twin is shown beside the customer', async ({ app, company }) => {
  const phone = '+5511987654321';
  await customer(company, { name: 'Ana R.', phone });
  const { id } = await customer(company, { name: 'Ana Ribeiro', phone });
  await app.goto(`/clientes/${id}`);

  const twins = app.getByRole('region', { name: 'Possíveis duplicados' });
  await expect(twins).toContainText('mesmo telefone');
  await expectAccessible(app);
  await twins.getByRole('link', { name: 'Ana R.' }).click();
  await expect(app.getByRole('heading', { level: 1, name: 'Ana R.' })).toBeVisible();
});

test('the whole record is edited in the drawer @phone', async ({ app, company, mobile }) => {
  const { id } = await customer(company, { name: 'Ana Ribeiro' });
  await company.call('POST', '/tags', { name: 'Parceiro', color: 'blue' });
  await app.goto(`/clientes/${id}`);
  await app.getByRole('button', { name: 'Editar cliente' }).click();
  const drawer = app.getByRole('dialog', { name: 'Editar cliente' });
  await expect(drawer.getByLabel('Nome')).toHaveValue('Ana Ribeiro');
  await expectAccessible(app);
  for (const list of ['Etiquetas', 'Responsável']) {
    await drawer.getByRole('combobox', { name: list }).click();
    await expect(app.getByRole('option').first()).toBeVisible();
    await expectOpenAccessible(app);
    await app.keyboard.press('Escape');
    await expect(app.getByRole('option')).toHaveCount(0);
  }
  await drawer.getByLabel('Nome').fill('Ana Ribeiro Lima');
  await drawer.getByLabel('Cargo').fill('Diretora');
  await drawer.getByRole('button', { name: 'Salvar' }).click();

  await expect(app.getByRole('heading', { level: 1, name: 'Ana Ribeiro Lima' })).toBeVisible();
  if (mobile) await app.getByRole('button', { name: 'Mostrar todos os dados' }).click();
  await expect(attribute(app, 'Cargo')).toContainText('Diretora');
});

test('a customer is deleted from the page, and brought back', async ({ app, company, mobile }) => {
  const { id } = await customer(company, { name: 'Ana Ribeiro' });
  await app.goto(`/clientes/${id}`);
  if (mobile) await app.getByRole('button', { name: 'Mais ações' }).click();
  const button = mobile ? app.getByRole('menuitem') : app.getByRole('button');
  await button
    .filter({ hasText: /Excluir/ })
    .or(app.getByRole('button', { name: 'Excluir', exact: true }))
    .first()
    .click();

  await expect(app).toHaveURL(/\/clientes$/);
  await app.getByRole('button', { name: 'Desfazer' }).click();
  await expect(rowOf(app, 'Ana Ribeiro')).toBeVisible();
});

test('an unknown customer leads back to the list', async ({ app }) => {
  await app.goto('/clientes/019ab000-0000-7000-8000-000000000000');
  await expect(app.getByText('Não encontramos o que você procura')).toBeVisible();
  await expectAccessible(app);
  await app.getByRole('alert').getByRole('link', { name: 'Clientes' }).click();
  await expect(app).toHaveURL(/\/clientes$/);
});
