import type { Page } from '@playwright/test';
import {
  customer,
  expect,
  expectAccessible,
  expectOpenAccessible,
  newPhone,
  rowOf,
  test,
} from './fixtures';

const plain = (text: string) => async (page: Page, label: string) =>
  page.getByRole('dialog').getByLabel(label, { exact: true }).fill(text);
/** Key by key, as people do. */
const typed = (text: string) => async (page: Page, label: string) =>
  page.getByRole('dialog').getByLabel(label, { exact: true }).pressSequentially(text);
const pick = (option: string) => async (page: Page, label: string) => {
  const list = page.getByRole('dialog').getByRole('combobox', { name: label, exact: true });
  await list.focus();
  await list.press('ArrowDown');
  await page.getByRole('option', { name: option }).click();
};

interface Kind {
  type: string;
  label: string;
  options?: string[];
  fill: (page: Page, label: string) => Promise<void>;
  /** As the page shows it afterwards. */
  shown: string;
}
const KINDS: Kind[] = [
  { type: 'text', label: 'Apelido', fill: plain('Zé'), shown: 'Zé' },
  { type: 'long_text', label: 'História', fill: plain('Desde 1999'), shown: 'Desde 1999' },
  { type: 'number', label: 'Peso', fill: typed('1,5'), shown: '1,5' },
  { type: 'integer', label: 'Funcionários', fill: plain('1250'), shown: '1.250' },
  { type: 'money', label: 'Mensalidade', fill: typed('1.234,56'), shown: 'R$ 1.234,56' },
  { type: 'percentage', label: 'Comissão', fill: typed('12,5'), shown: '12,5%' },
  { type: 'duration', label: 'Prazo', fill: typed('1h30'), shown: '1 h 30 min' },
  { type: 'postal_code', label: 'CEP', fill: plain('01310100'), shown: '01310-100' },
  { type: 'date', label: 'Fundação', fill: typed('31121999'), shown: '31/12/1999' },
  { type: 'boolean', label: 'Isento', fill: check, shown: 'Sim' },
  { type: 'select', label: 'Plano', options: ['Básico', 'Pro'], fill: pick('Pro'), shown: 'Pro' },
  {
    type: 'multiselect',
    label: 'Interesses',
    options: ['Voz', 'Chat'],
    fill: pick('Chat'),
    shown: 'Chat',
  },
  { type: 'phone', label: 'Recado', fill: plain('11 3333-4444'), shown: '+55 11 3333-4444' },
  { type: 'email', label: 'Cobrança', fill: plain('nf@x.com.br'), shown: 'nf@x.com.br' },
  { type: 'url', label: 'Site', fill: plain('https://x.com.br'), shown: 'https://x.com.br' },
  { type: 'cpf', label: 'CPF do sócio', fill: plain('52998224725'), shown: '529.982.247-25' },
  { type: 'cnpj', label: 'Filial', fill: plain('11222333000181'), shown: '11.222.333/0001-81' },
  { type: 'user', label: 'Suplente', fill: pick('Marina Lopes'), shown: 'Marina Lopes' },
];

async function check(page: Page, label: string): Promise<void> {
  await page.getByRole('dialog').getByRole('switch', { name: label }).check({ force: true });
}

test('fields of every type stand in the form, on the page, in the table and in the filters @phone', async ({
  app,
  company,
  mobile,
}) => {
  for (const { type, label, options = [] } of KINDS) {
    await company.call('POST', '/custom-fields', { entity: 'contact', name: label, type, options });
  }
  await app.goto('/clientes?novo=1');
  const drawer = app.getByRole('dialog', { name: 'Novo cliente' });
  await drawer.getByLabel('Nome').fill('Ana Ribeiro');
  await drawer.getByLabel('Telefone').fill(newPhone());
  for (const { label, fill } of KINDS) await fill(app, label);
  await expectAccessible(app);
  await drawer.getByLabel('Fundação').press('Alt+ArrowDown');
  await expect(app.getByRole('button', { name: '31 dezembro 1999' })).toBeFocused();
  await expectOpenAccessible(app);
  await app.keyboard.press('Escape');
  await expect(app.getByRole('dialog', { name: 'Calendário' })).toBeHidden();
  await drawer.getByLabel('Telefone').focus();
  await drawer.getByRole('button', { name: 'Salvar' }).click();
  await expect(drawer).toBeHidden();

  await rowOf(app, 'Ana Ribeiro').getByRole('link').click();
  const fields = app.getByRole('region', { name: 'Campos personalizados' });
  if (mobile) await app.getByRole('button', { name: 'Mostrar todos os dados' }).click();
  for (const { label, shown } of KINDS) {
    await expect(fields.locator('dl > div').filter({ hasText: label }), label).toContainText(shown);
  }
  await expectAccessible(app);
  await fields.getByRole('button', { name: 'Editar Plano' }).click();
  await app.getByRole('option', { name: 'Básico' }).click();
  await expect(fields).toContainText('Básico');
  await fields.getByRole('button', { name: 'Editar Mensalidade' }).click();
  await fields.getByRole('textbox', { name: 'Mensalidade' }).pressSequentially('2500,5');
  await app.keyboard.press('Enter');
  await expect(fields).toContainText('R$ 2.500,50');
  await fields.getByRole('button', { name: 'Editar Fundação' }).click();
  await fields.getByRole('button', { name: 'Abrir calendário' }).click();
  await app.getByRole('button', { name: '24 dezembro 1999' }).click();
  await app.keyboard.press('Enter');
  await expect(fields).toContainText('24/12/1999');

  await app.goto('/clientes');
  if (mobile) return;
  await app.getByRole('button', { name: 'Colunas' }).click();
  const columns = app.getByRole('dialog', { name: 'Colunas' });
  for (const label of ['Funcionários', 'Plano']) {
    await columns.getByRole('checkbox', { name: label }).check({ force: true });
  }
  await app.keyboard.press('Escape');
  await expect(rowOf(app, 'Ana Ribeiro')).toContainText('1.250');
  await expect(rowOf(app, 'Ana Ribeiro')).toContainText('Básico');
});

test('a custom field narrows the list, and its cell is edited there', async ({
  app,
  company,
  mobile,
}) => {
  await company.call('POST', '/custom-fields', {
    ...{ entity: 'contact', name: 'Planos', type: 'multiselect', options: ['Básico', 'Pro'] },
  });
  const { data } = await company.call<{ data: { key: string }[] }>('GET', '/custom-fields');
  const plan = (value: string) => ({ customFields: { [data[0]!.key]: [value] } });
  await customer(company, { name: 'Ana', ...plan('Pro') });
  await customer(company, { name: 'Bia', ...plan('Básico') });
  await app.goto('/clientes');
  await app.getByRole('button', { name: 'Filtros', exact: true }).click();
  const editor = app.getByRole('form', { name: 'Filtros avançados' });
  await editor.getByRole('combobox', { name: 'Campo' }).click();
  await app.getByRole('option', { name: 'Planos' }).click();
  await editor.getByRole('combobox', { name: 'Valor' }).click();
  await app.getByRole('option', { name: 'Pro', exact: true }).click();
  // The list of options lies over the button until one goes on.
  await app.keyboard.press('Tab');
  await editor.getByRole('button', { name: 'Mostrar 1' }).click();

  await expect(rowOf(app, 'Ana')).toBeVisible();
  await expect(rowOf(app, 'Bia')).toBeHidden();
  if (mobile) return;
  await app.getByRole('button', { name: 'Colunas' }).click();
  await app.getByRole('checkbox', { name: 'Planos' }).check({ force: true });
  await app.keyboard.press('Escape');
  await rowOf(app, 'Ana').getByText('Pro', { exact: true }).dblclick();
  await rowOf(app, 'Ana').getByRole('combobox', { name: 'Planos' }).press('ArrowDown');
  await expect(app.getByRole('option', { name: 'Básico' })).toBeVisible();
  await expectOpenAccessible(app);
});

test('a field that is required is asked for, and a wrong value is told', async ({
  app,
  company,
}) => {
  await company.call('POST', '/custom-fields', {
    ...{ entity: 'contact', name: 'CPF do sócio', type: 'cpf', options: [], required: true },
  });
  await app.goto('/clientes?novo=1');
  const drawer = app.getByRole('dialog', { name: 'Novo cliente' });
  await drawer.getByLabel('Nome').fill('Ana');
  await drawer.getByLabel('Telefone').fill(newPhone());
  await drawer.getByRole('button', { name: 'Salvar' }).click();
  await expect(drawer.getByLabel('CPF do sócio')).toBeFocused();
  await drawer.getByLabel('CPF do sócio').fill('11111111111');
  await expect(drawer.getByText('CPF inválido')).toBeVisible();
});
