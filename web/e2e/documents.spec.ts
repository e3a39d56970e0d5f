import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { customer, expect, expectAccessible, settled, test } from './fixtures';

// A pixel, and a sheet that any viewer opens.
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const PDF = Buffer.from(
  '%PDF-1.1\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n' +
    '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n' +
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n' +
    'trailer<</Root 1 0 R>>\n%%EOF',
);
const contract = { name: 'contrato.pdf', mimeType: 'application/pdf', buffer: PDF };
const facade = { name: 'fachada.png', mimeType: 'image/png', buffer: PNG };

async function choose(page: Page, ...files: (typeof contract)[]): Promise<void> {
  const chosen = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Escolher arquivos' }).click();
  await (await chosen).setFiles(files);
}
const list = (page: Page, name = 'Documentos') => page.getByRole('list', { name });

test('files of a customer are sent, looked at, downloaded, renamed, deleted and brought back @phone', async ({
  app,
  company,
}) => {
  const { id } = await customer(company, { name: 'Padaria Aurora' });
  await app.goto(`/clientes/${id}`);
  await app.getByRole('tab', { name: 'Documentos' }).click();
  await expect(app.getByText('Nenhum arquivo ainda')).toBeVisible();
  await settled(app);
  await expectAccessible(app);

  await choose(app, contract, facade);
  const rows = list(app).getByRole('listitem');
  await expect(rows).toHaveCount(2);
  await expect(list(app).getByRole('button', { name: 'contrato.pdf', exact: true })).toBeVisible();
  await expect(rows.filter({ hasText: 'fachada.png' }).locator('img')).toBeVisible();
  await expect(rows.filter({ hasText: 'contrato.pdf' })).toContainText('Marina Lopes');
  await expect(app.getByRole('tab', { name: 'Documentos' })).toContainText('2');
  await expectAccessible(app);

  await list(app).getByRole('button', { name: 'fachada.png', exact: true }).click();
  const preview = app.getByRole('dialog', { name: 'fachada.png' });
  const picture = preview.getByRole('img', { name: 'fachada.png' });
  await expect(picture).toBeVisible();
  await expect
    .poll(() => picture.evaluate((one) => (one as HTMLImageElement).naturalWidth))
    .toBe(1);
  await preview.getByRole('button', { name: 'Fechar' }).click();
  await list(app).getByRole('button', { name: 'contrato.pdf', exact: true }).click();
  const shown = app.getByRole('dialog', { name: 'contrato.pdf' });
  await expect(shown.locator('iframe')).toHaveAttribute('src', /\/file-links\//);
  await app.keyboard.press('Escape');

  const coming = app.waitForEvent('download');
  await app.getByRole('button', { name: 'Baixar contrato.pdf' }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toBe('contrato.pdf');
  expect(readFileSync(await download.path())).toEqual(PDF);

  await app.getByRole('button', { name: 'Renomear contrato.pdf' }).click();
  const rename = app.getByRole('dialog', { name: 'Renomear arquivo' });
  await rename.getByLabel('Nome').fill('Contrato assinado');
  await rename.getByRole('button', { name: 'Salvar' }).click();
  await expect(list(app)).toContainText('Contrato assinado');

  await app.getByRole('button', { name: 'Excluir Contrato assinado' }).click();
  await expect(rows).toHaveCount(1);
  await app.getByRole('button', { name: 'Desfazer' }).click();
  await expect(rows).toHaveCount(2);
  await expect(list(app)).toContainText('Contrato assinado');
});

test('a file that is refused says why, and the others arrive', async ({ app, company }) => {
  const { id } = await customer(company);
  await app.goto(`/clientes/${id}?tab=documentos`);
  const empty = { name: 'vazio.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) };
  await choose(app, empty, facade);

  const rows = list(app).getByRole('listitem');
  await expect(rows.filter({ hasText: 'vazio.txt' }).getByRole('alert')).toHaveText(
    'Não pode ficar vazio',
  );
  await expect(rows.filter({ hasText: 'fachada.png' }).locator('img')).toBeVisible();
  await expectAccessible(app);
  await app.getByRole('button', { name: 'Tirar vazio.txt da lista' }).click();
  await expect(rows).toHaveCount(1);
});

test('files are dropped onto a proposal', async ({ app, company }) => {
  const { id: contactId } = await customer(company);
  const { id } = await company.call<{ id: string }>('POST', '/proposals', {
    ...{ contactId, title: 'Mobília da loja' },
  });
  await app.goto(`/propostas/${id}`);
  const documents = app.getByRole('region', { name: 'Documentos da proposta' });
  await expect(documents.getByText('Nenhum arquivo ainda')).toBeVisible();

  const carried = await app.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['Aceito.'], 'aceite.txt', { type: 'text/plain' }));
    return transfer;
  });
  const zone = documents.getByRole('button', { name: 'Escolher arquivos' });
  await zone.dispatchEvent('dragover', { dataTransfer: carried });
  await zone.dispatchEvent('drop', { dataTransfer: carried });

  const rows = documents.getByRole('listitem');
  await expect(rows.filter({ hasText: 'Marina Lopes' })).toContainText('aceite.txt');
  await expect(rows).toHaveCount(1);
  await expectAccessible(app);
});

test('a photo takes the place of the initials, and the company has a logo @phone', async ({
  app,
}) => {
  await app.goto('/config/perfil');
  const photo = app.locator('section').filter({ has: app.getByRole('heading', { name: 'Foto' }) });
  await photo.locator('input[type=file]').setInputFiles(facade);
  await expect(photo.locator('img')).toBeVisible();
  await expectAccessible(app);
  await photo.getByRole('button', { name: 'Remover' }).click();
  await expect(photo.locator('img')).toHaveCount(0);

  await app.goto('/config/empresa');
  const logo = app
    .locator('section')
    .filter({ has: app.getByRole('heading', { name: 'Logotipo' }) });
  await logo.locator('input[type=file]').setInputFiles(facade);
  await expect(logo.locator('img')).toBeVisible();
  await logo.locator('input[type=file]').setInputFiles({
    ...{ name: 'x.png', mimeType: 'image/png', buffer: Buffer.from('nada') },
  });
  await expect(logo.getByRole('alert')).toContainText('Não é uma imagem');
});
