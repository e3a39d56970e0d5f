import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { customer, expect, expectAccessible, rowOf, rowsOf, test } from './fixtures';

/** As Excel in Brazil saves it: semicolons, and one byte for each letter. */
const spreadsheet = (lines: string[]) => ({
  name: 'clientes.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(lines.join('\r\n'), 'latin1'),
});
const HEAD = 'Nome;E-mail;Telefone;Cidade;Observação interna';
const file = spreadsheet([
  HEAD,
  'José Araújo;jose@exemplo.com.br;(11) 98765-0001;São Paulo;sem campo',
  'Íris Conceição;iris@exemplo.com.br;(11) 98765-0002;Santos;',
  ';sem-nome@exemplo.com.br;(11) 98765-0003;Santos;',
  'Caio Lima;caio@;(11) 98765-0004;Santos;',
]);

const drop = async (page: Page, upload: ReturnType<typeof spreadsheet>) => {
  const chosen = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Escolher arquivo' }).click();
  await (await chosen).setFiles(upload);
};
const count = (page: Page, label: string) =>
  page.locator('dl > div').filter({ hasText: label }).locator('dd');

test('a spreadsheet comes in, in four steps, and can leave again @phone', async ({
  app,
  mobile,
}) => {
  await app.goto('/clientes/importar');
  await expect(app.getByRole('listitem').filter({ hasText: 'Arquivo' })).toHaveAttribute(
    'aria-current',
    'step',
  );
  await expectAccessible(app);

  await drop(app, file);
  await expect(app.getByRole('combobox', { name: 'Campo para Nome' })).toHaveValue('Nome');
  await expect(app.getByRole('combobox', { name: 'Campo para E-mail' })).toHaveValue('E-mail');
  await expect(app.getByRole('combobox', { name: /Observação interna/ })).toHaveValue(
    'Não importar',
  );
  if (!mobile) await expect(app.getByRole('cell', { name: /José Araújo/ })).toBeVisible();
  await expectAccessible(app);
  await app.getByRole('button', { name: 'Conferir' }).click();

  await expect(app.getByRole('heading', { name: 'Confira antes de importar' })).toBeVisible();
  await expect(count(app, 'Serão criados')).toHaveText('2');
  await expect(count(app, 'Com erro')).toHaveText('2');
  const errors = app.getByRole('table');
  await expect(errors.getByRole('row').nth(1)).toContainText('4');
  await expect(errors).toContainText('E-mail: ');
  await expectAccessible(app);
  await app.goto('/clientes');
  await expect(app.getByText('Nenhum cliente ainda')).toBeVisible();
  await app.goBack();

  await app.getByRole('button', { name: 'Importar 2 clientes' }).click();
  await expect(app.getByRole('heading', { name: 'Importação concluída' })).toBeVisible();
  await expect(count(app, 'Criados')).toHaveText('2');
  await expectAccessible(app);
  const download = app.waitForEvent('download');
  await app.getByRole('button', { name: 'Baixar erros' }).click();
  const saved = await download;
  expect(saved.suggestedFilename()).toBe('erros-clientes.csv');
  expect(await readFile(await saved.path(), 'utf8')).toContain('caio@');

  await app.getByRole('link', { name: 'Ver clientes' }).click();
  await expect(rowsOf(app)).toHaveCount(2);
  await expect(rowOf(app, 'Íris Conceição')).toBeVisible();
  await app.goBack();
  await app.getByRole('button', { name: 'Desfazer' }).click();
  await app.getByRole('dialog').getByRole('button', { name: 'Desfazer' }).click();
  await expect(app.getByRole('heading', { name: 'Importação desfeita' })).toBeVisible();
  await app.getByRole('link', { name: 'Ver clientes' }).click();
  await expect(app.getByText('Nenhum cliente ainda')).toBeVisible();
});

test('columns are told by hand, and two may not claim one field', async ({ app }) => {
  await app.goto('/clientes/importar');
  await drop(app, spreadsheet(['Quem;Fone', 'Ana;11987650009']));
  await expect(app.getByText('Falta uma coluna para: Nome')).toBeVisible();
  await expect(app.getByRole('button', { name: 'Conferir' })).toBeDisabled();

  const take = async (column: string, field: string) => {
    await app.getByRole('combobox', { name: `Campo para ${column}` }).click();
    await app.getByRole('option', { name: field, exact: true }).click();
  };
  await take('Quem', 'Telefone');
  await take('Fone', 'Telefone');
  await expect(app.getByText('Mais de uma coluna para: Telefone.')).toBeVisible();
  await take('Quem', 'Nome');
  await app.getByRole('button', { name: 'Conferir' }).click();

  await expect(count(app, 'Serão criados')).toHaveText('1');
  await app.getByRole('button', { name: 'Voltar às colunas' }).click();
  await expect(app.getByRole('combobox', { name: 'Campo para Quem' })).toHaveValue('Nome');
});

test('who is there already is updated, or left alone', async ({ app, company }) => {
  await customer(company, { name: 'José', email: 'jose@exemplo.com.br', city: 'Recife' });
  await app.goto('/clientes/importar');
  await drop(app, spreadsheet([HEAD, 'José Araújo;jose@exemplo.com.br;(11) 98765-0001;Santos;']));
  await app.getByRole('radio', { name: 'Só criar' }).check();
  await app.getByRole('button', { name: 'Conferir' }).click();
  await expect(count(app, 'Serão ignorados')).toHaveText('1');

  await app.getByRole('button', { name: 'Voltar às colunas' }).click();
  await app.getByRole('radio', { name: 'Criar e atualizar' }).check();
  await app.getByRole('button', { name: 'Conferir' }).click();
  await expect(count(app, 'Serão atualizados')).toHaveText('1');
  await app.getByRole('button', { name: 'Importar 1 cliente' }).click();
  await expect(app.getByRole('heading', { name: 'Importação concluída' })).toBeVisible();
  await app.getByRole('link', { name: 'Ver clientes' }).click();
  await expect(rowOf(app, 'José Araújo')).toBeVisible();
});

test('a file that is no table is refused in plain words', async ({ app }) => {
  await app.goto('/clientes/importar');
  await drop(app, { name: 'vazio.csv', mimeType: 'text/csv', buffer: Buffer.from('') });
  await expect(app.getByRole('alert').first()).toBeVisible();
  await expect(app.getByRole('button', { name: 'Escolher arquivo' })).toBeEnabled();
  await expectAccessible(app);
});

test('an import stands in the list of imports, with its undo', async ({ app }) => {
  await app.goto('/clientes/importar');
  await drop(app, spreadsheet(['Nome;Telefone', 'Ana;11987650009']));
  await app.getByRole('button', { name: 'Conferir' }).click();
  await app.getByRole('button', { name: 'Importar 1 cliente' }).click();
  await expect(app.getByRole('heading', { name: 'Importação concluída' })).toBeVisible();

  await app.goto('/config/importacoes');
  const list = app.getByRole('list', { name: 'Importações' });
  await expect(list.getByRole('listitem').first()).toContainText('clientes.csv');
  await expectAccessible(app);
  await app.getByRole('button', { name: 'Desfazer clientes.csv' }).click();
  const asked = app.getByRole('dialog');
  await expect(asked).toContainText('1 criados vão para a lixeira');
  await asked.getByRole('button', { name: 'Desfazer' }).click();
  await expect(list.getByText('Desfeita')).toBeVisible();
});

test('strange values are told, bad cells may stay out, and an undo says what it kept @phone', async ({
  app,
  company,
}) => {
  await app.goto('/clientes/importar');
  await drop(
    app,
    spreadsheet([
      'First Name;Last Name;Telefone;E-mail;Situação',
      'Ana;Souza;11987650009;ana(at)x.com;Vip',
      'Bia;Lima;11987650010;bia@x.com;Ativo',
      'TOTAL;;;;2',
    ]),
  );
  await expect(app.getByText('Juntas, na ordem do arquivo: Nome.')).toBeVisible();
  await app.getByRole('checkbox', { name: /quando E-mail estiver errada/ }).check();
  await app.getByRole('combobox', { name: 'Opção para Vip' }).click();
  await app.getByRole('option', { name: 'Ativo', exact: true }).click();
  await expectAccessible(app);
  await app.getByRole('button', { name: 'Conferir' }).click();
  const kinds = app.getByRole('list', { name: 'Problemas por tipo' });
  await expect(kinds).toContainText('ana(at)x.com');
  await expect(app.getByText('1 linha parece um total e fica de fora')).toBeVisible();
  await expectAccessible(app);
  await kinds.getByRole('button', { name: 'Corrigir ana(at)x.com em E-mail' }).click();
  await expectAccessible(app);
  await app.getByRole('textbox', { name: 'E-mail' }).fill('ana@x.com');
  await app.keyboard.press('Enter');
  await expect(kinds).toBeHidden();
  await expect(app.getByText('2 correções')).toBeVisible();
  await app.getByRole('button', { name: 'Importar 2 clientes' }).click();
  await expect(app.getByRole('heading', { name: 'Importação concluída' })).toBeVisible();

  const { data } = await company.call<{ data: { id: string }[] }>('GET', '/contacts?search=bia');
  await company.call('PATCH', `/contacts/${data[0]!.id}`, { city: 'Natal' });
  await app.getByRole('button', { name: 'Desfazer' }).click();
  await app.getByRole('dialog').getByRole('button', { name: 'Desfazer' }).click();
  await expect(app.getByRole('heading', { name: 'Desfeita em parte: 1 de 2' })).toBeVisible();
  const kept = app.getByRole('list', { name: 'O que ficou, e por quê' });
  await expect(kept).toContainText('Bia Lima');
  await expect(kept).toContainText('Alterado depois da importação: Cidade');
  await expectAccessible(app);
  await app.getByRole('button', { name: 'Desfazer também estes' }).click();
  await app.getByRole('dialog').getByRole('button', { name: 'Desfazer também estes' }).click();
  await expect(app.getByRole('heading', { name: 'Importação desfeita' })).toBeVisible();
});
