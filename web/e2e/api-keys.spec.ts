import { expect, expectAccessible, settled, test } from './fixtures';

test('a key is made, shown once, used, edited and revoked @phone', async ({ app, request }) => {
  await app.goto('/config/chaves');
  await expect(app.getByText('Nenhuma chave ainda')).toBeVisible();
  const example = app.getByLabel('Exemplo de chamada');
  await expect(example).toContainText(`${new URL(app.url()).origin}/api/v1/contacts`);
  await settled(app);
  await expectAccessible(app);

  await app.getByRole('button', { name: 'Nova chave' }).click();
  const dialog = app.getByRole('dialog');
  await dialog.getByLabel('Nome').fill('Loja virtual');
  const contacts = dialog.getByRole('group', { name: 'Clientes' });
  await contacts.getByText('Ver', { exact: true }).click();
  await expectAccessible(app);
  await dialog.getByRole('button', { name: 'Salvar' }).click();

  await expect(dialog.getByText('não será mostrada de novo')).toBeVisible();
  await expectAccessible(app);
  const key = await dialog.getByLabel('Chave de API', { exact: true }).inputValue();
  expect(key).toMatch(/^ponte_[0-9A-Za-z]{79}$/);
  await dialog.getByRole('button', { name: 'Fechar' }).last().click();
  const list = app.getByRole('list', { name: 'Chaves de API' });
  await expect(list).toContainText('nunca usada');
  await expect(list).not.toContainText(key);

  const origin = new URL(app.url()).origin;
  const ask = (path: string) =>
    request.get(`${origin}/api/v1/${path}`, { headers: { 'X-API-Key': key } });
  expect((await ask('contacts')).status()).toBe(200);
  expect((await ask('tags')).status()).toBe(403);

  await app.getByRole('button', { name: 'Editar Loja virtual' }).click();
  await dialog.getByLabel('Nome').fill('Loja');
  await dialog.getByRole('button', { name: 'Salvar' }).click();
  await expect(list.getByText('Loja', { exact: true })).toBeVisible();

  await app.getByRole('button', { name: 'Revogar Loja' }).click();
  await expect(dialog).toContainText('Não há como desfazer');
  await expectAccessible(app);
  await dialog.getByRole('button', { name: 'Revogar' }).click();
  await expect(list.getByText('Revogada')).toBeVisible();
  expect((await ask('contacts')).status()).toBe(401);
});

test('who did what is told, with before and after', async ({ app, company }) => {
  const tag = await company.call<{ id: string }>('POST', '/tags', { name: 'VIP', color: 'blue' });
  await company.call('PATCH', `/tags/${tag.id}`, { name: 'Muito VIP' });
  await app.goto('/config/auditoria');

  const entries = app.getByRole('region', { name: 'Entradas da auditoria' });
  const changed = entries.getByRole('listitem').filter({ hasText: 'alterou etiqueta “Muito VIP”' });
  await expect(changed).toBeVisible({ timeout: 20_000 });
  await changed.getByText('Detalhes').click();
  await expect(changed).toContainText('VIP');
  await expect(changed).toContainText('tag.updated');
  await settled(app);
  await expectAccessible(app);

  await app.getByLabel('De', { exact: true }).fill('01/01/2099');
  await expect(app.getByText('Nada encontrado com estes filtros')).toBeVisible();
});
