import { readFile } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';
import { customers, expect, expectAccessible, expectOpenAccessible, test } from './fixtures';

/** One file of a zip archive, found by the list at its end. */
function unzipped(archive: Buffer, name: string): string {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let entry = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const length = archive.readUInt16LE(entry + 28);
    const more = archive.readUInt16LE(entry + 30) + archive.readUInt16LE(entry + 32);
    if (archive.toString('utf8', entry + 46, entry + 46 + length) === name) {
      const local = archive.readUInt32LE(entry + 42);
      const begin =
        local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
      const packed = archive.subarray(begin, begin + archive.readUInt32LE(entry + 20));
      return inflateRawSync(packed).toString('utf8');
    }
    entry += 46 + length + more;
  }
  throw new Error(`there is no ${name} in the archive`);
}

test('a list becomes a workbook that is downloaded @phone', async ({ app, company }) => {
  await customers(company, ['Íris Conceição', '=1+1 Comércio']);
  await app.goto('/clientes');
  await expect(app.getByText('Íris Conceição')).toBeVisible();
  await app.getByRole('button', { name: 'Exportar', exact: true }).click();

  const dialog = app.getByRole('dialog', { name: 'Exportar clientes' });
  await expect(dialog.getByText('2 clientes')).toBeVisible();
  await expectOpenAccessible(app);
  await dialog.getByRole('radio', { name: /Excel/ }).click();
  await dialog.getByRole('button', { name: 'Exportar', exact: true }).click();
  await expect(dialog.getByText(/\.xlsx está pronto/)).toBeVisible();
  const downloading = app.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Baixar' }).click();
  const download = await downloading;

  expect(download.suggestedFilename()).toMatch(/^Clientes .*\.xlsx$/);
  const sheet = unzipped(await readFile(await download.path()), 'xl/worksheets/sheet1.xml');
  expect(sheet).toContain('Íris Conceição');
  expect(sheet).toContain('=1+1 Comércio');
  expect(sheet).not.toContain('<f>');
  await dialog.getByRole('button', { name: 'Fechar' }).last().click();

  await app.goto('/config/exportacoes');
  await expect(app.getByText(/2 registros/)).toBeVisible();
  await expectAccessible(app);
  await app.getByRole('button', { name: /^Apagar / }).click();
  await app.getByRole('dialog').getByRole('button', { name: 'Excluir' }).click();
  await expect(app.getByText('Nenhuma exportação ainda')).toBeVisible();
});

test('only chosen records and columns leave', async ({ app, company, mobile }) => {
  test.skip(mobile, 'rows are chosen by a long press there');
  await customers(company, ['Ana', 'Bruno']);
  await app.goto('/clientes');
  await app.getByRole('checkbox', { name: 'Selecionar Ana' }).check();
  await app
    .getByRole('region', { name: 'Ações em massa' })
    .getByRole('button', { name: 'Exportar' })
    .click();

  const dialog = app.getByRole('dialog', { name: 'Exportar clientes' });
  await dialog.getByRole('radio', { name: /CSV/ }).click();
  await dialog.getByText(/^Escolher/).click();
  for (const box of await dialog.getByRole('checkbox').all()) await box.uncheck();
  await dialog.getByRole('checkbox', { name: 'Nome' }).check();
  await dialog.getByRole('button', { name: 'Exportar', exact: true }).click();
  const downloading = app.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Baixar' }).click();

  const text = await readFile(await (await downloading).path(), 'utf8');
  expect(text).toBe('\ufeffNome\r\nAna\r\n');
});

test('a list is printed from a page of its own', async ({ app, company }) => {
  await customers(company, ['Ana']);
  await app.goto('/clientes');
  await expect(app.getByText('Ana', { exact: true }).first()).toBeVisible();
  await app.getByRole('button', { name: 'Mais opções da lista' }).click();
  const opening = app.waitForEvent('popup');
  await app.getByRole('menuitem', { name: 'Imprimir' }).click();

  const paper = await opening;
  await expect.poll(() => paper.url()).toContain('blob:');
});
