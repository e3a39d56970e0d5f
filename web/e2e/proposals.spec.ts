import type { Locator, Page } from '@playwright/test';
import { customer, expect, expectAccessible, rowOf, test } from './fixtures';

const cell = (form: Locator, name: string, item: number): Locator =>
  form.getByRole('textbox', { name: `${name}, item ${item}`, exact: true });

async function choose(page: Page, list: Locator, option: string): Promise<void> {
  await list.focus();
  await list.press('ArrowDown');
  await page.getByRole('option', { name: option }).click();
}

/** Begins an item behind the others, and fills in what it is given. */
async function addItem(form: Locator, item: number, values: Record<string, string>) {
  await form.getByRole('button', { name: 'Adicionar item' }).click();
  for (const [name, value] of Object.entries(values)) {
    await cell(form, name, item).fill(value);
  }
}

async function makeProduct(app: Page, name: string, price: string): Promise<void> {
  await app.goto('/produtos');
  await expect(app.getByText('Nenhum produto ainda')).toBeVisible();
  await expectAccessible(app);
  await app.locator('main').getByRole('button', { name: 'Novo produto' }).last().click();
  const drawer = app.getByRole('dialog', { name: 'Novo produto' });
  await drawer.getByLabel('Nome').fill(name);
  await drawer.getByLabel('Preço unitário').fill(price);
  await drawer.getByRole('button', { name: 'Salvar' }).click();
  await expect(rowOf(app, name)).toBeVisible();
}

/** Three items: one as its product says, one with a discount, one that is only written. */
async function makeProposal(app: Page, title: string, contact: string): Promise<void> {
  await app.goto('/propostas?novo=1');
  const drawer = app.getByRole('dialog', { name: 'Nova proposta' });
  await drawer.getByLabel('Título').fill(title);
  await choose(app, drawer.getByRole('combobox', { name: 'Cliente' }), contact);

  await addItem(drawer, 1, {});
  const product = drawer.getByRole('combobox', { name: 'Produto, item 1', exact: true });
  await choose(app, product, 'Instalação elétrica');
  await expect(cell(drawer, 'Descrição', 1)).toHaveValue('Instalação elétrica');
  await expect(cell(drawer, 'Preço unitário', 1)).toHaveValue(/R\$\s250,00/);
  await cell(drawer, 'Quantidade', 1).fill('2');
  await addItem(drawer, 2, {
    ...{ Descrição: 'Tomadas', Quantidade: '10' },
    ...{ 'Preço unitário': '12,50', 'Desconto (%)': '10' },
  });
  await addItem(drawer, 3, { Descrição: 'Visita técnica', 'Preço unitário': '80,99' });

  const total = drawer.locator('dl').filter({ hasText: 'Total' });
  await expect(total).toContainText('R$ 693,49');
  await expectAccessible(app);
  await drawer.getByRole('button', { name: 'Salvar' }).click();
  await expect(rowOf(app, title)).toContainText('R$ 693,49');
}

async function changeItems(app: Page, mobile: boolean): Promise<void> {
  const items = app.getByRole('region', { name: 'Itens', exact: true });
  await items.getByRole('button', { name: 'Editar Itens' }).click();
  const form = items.getByRole('form', { name: 'Itens' });
  await expect(form.getByText(/^Enter: próximo item/)).toBeVisible({ visible: !mobile });
  await cell(form, 'Quantidade', 2).fill('4');
  await cell(form, 'Preço unitário', 3).fill('100');
  await expect(form.locator('dl').filter({ hasText: 'Total' })).toContainText('R$ 645,00');
  await form.getByRole('button', { name: 'Salvar' }).click();
  await expect(items.getByRole('button', { name: 'Editar Itens' })).toBeVisible();
  await expect(items).toContainText('R$ 45,00');
  await expect(items).toContainText('R$ 100,00');
}

test('a proposal is made of products, changed, accepted, found by its customer and told there @phone', async ({
  app,
  company,
  mobile,
}) => {
  const ana = await customer(company, { name: 'Ana Ribeiro' });
  await makeProduct(app, 'Instalação elétrica', '250');
  await makeProposal(app, 'Reforma da loja', 'Ana Ribeiro');

  await rowOf(app, 'Reforma da loja')
    .getByRole('link', { name: /Reforma da loja/ })
    .click();
  await expect(app.getByRole('heading', { level: 1, name: 'Reforma da loja' })).toBeVisible();
  const facts = app.getByRole('region', { name: 'Informações' });
  await expect(facts).toContainText('R$ 693,49');
  await expectAccessible(app);
  await changeItems(app, mobile);
  await expect(facts).toContainText('R$ 645,00');

  const actions = app.getByRole('group', { name: 'Ações' });
  await actions.getByRole('button', { name: 'Aceitar' }).click();
  await expect(app.getByText('Você marcou a proposta como aceita: Reforma da loja')).toBeVisible();
  await expect(facts).toContainText('Aceita');
  await expect(actions.getByRole('button', { name: 'Aceitar' })).toBeHidden();
  await expect(app.getByRole('button', { name: 'Editar Itens' })).toBeHidden();
  await expectAccessible(app);

  await app.goto('/config/preferencias');
  await expect(app.getByRole('heading', { name: 'Preferências', level: 1 })).toBeVisible();
  const tabs = app.getByRole('navigation', { name: 'Navegação rápida' });
  if (mobile) await tabs.getByRole('button', { name: 'Buscar' }).click();
  else await app.keyboard.press('Control+k');
  await app.getByRole('combobox', { name: /Buscar clientes/ }).fill('ana ribeiro');
  await app.getByRole('option', { name: /Reforma da loja/ }).click();
  await expect(app.getByRole('heading', { level: 1, name: 'Reforma da loja' })).toBeVisible();

  await app.goto(`/clientes/${ana.id}`);
  const timeline = app.getByRole('region', { name: 'Linha do tempo' });
  await expect(timeline.getByText(/aceit/i).first()).toBeVisible();
  await timeline.getByRole('link', { name: 'Reforma da loja' }).first().click();
  await expect(app).toHaveURL(/\/propostas\//);
});

test('who refuses a proposal says why', async ({ app, company }) => {
  const { id: contactId } = await customer(company);
  const { id } = await company.call<{ id: string }>('POST', '/proposals', {
    ...{ contactId, title: 'Reforma da loja' },
    items: [{ description: 'Visita técnica', quantity: 1, unitPrice: 80.99 }],
  });
  await app.goto(`/propostas/${id}`);

  await app.getByRole('button', { name: 'Recusar' }).click();
  const dialog = app.getByRole('dialog', { name: 'Recusar' });
  await expect(dialog.getByLabel('Motivo')).toBeFocused();
  await expectAccessible(app);
  await dialog.getByRole('button', { name: 'Recusar' }).click();
  await expect(dialog.getByText('Campo obrigatório')).toBeVisible();
  await dialog.getByLabel('Motivo').fill('Ficou caro');
  await dialog.getByRole('button', { name: 'Recusar' }).click();

  await expect(dialog).toBeHidden();
  const facts = app.getByRole('region', { name: 'Informações' });
  await expect(facts).toContainText('Recusada');
  await expect(facts).toContainText('Ficou caro');
});

test('what was sent stays as it is until it is revised', async ({ app, company }) => {
  const { id: contactId } = await customer(company);
  const { id } = await company.call<{ id: string }>('POST', '/proposals', {
    ...{ contactId, title: 'Reforma da loja' },
    items: [{ description: 'Visita técnica', quantity: 1, unitPrice: 80.99 }],
  });
  await app.goto('/propostas');
  const strip = app.getByRole('group', { name: 'Propostas' });
  await expect(strip.getByRole('button', { name: /Rascunhos/ })).toContainText('1');
  await strip.getByRole('button', { name: /Enviadas/ }).click();
  await expect(rowOf(app, 'Reforma da loja')).toBeHidden();
  await expectAccessible(app);

  await app.goto(`/propostas/${id}`);
  const facts = app.getByRole('region', { name: 'Informações' });
  const pencil = app.getByRole('button', { name: 'Editar Itens' });
  await expect(pencil).toBeVisible();
  await app.getByRole('button', { name: 'Enviar' }).click();
  await expect(facts).toContainText('Enviada');
  await expect(pencil).toBeHidden();
  await expectAccessible(app);
  await app.getByRole('button', { name: 'Revisar' }).click();
  await expect(facts).toContainText('Rascunho');
  await expect(pencil).toBeVisible();
});
