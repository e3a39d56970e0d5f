import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { colleague, expect, expectAccessible, settled, signedIn, test } from './fixtures';

interface Heard {
  id: string;
  signature: string;
  body: { type: string; data: object };
}

interface Receiver {
  url: string;
  heard: Heard[];
  /** What it answers from now on. */
  answer: number;
  close: () => Promise<unknown>;
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += String(part);
  return text;
}

/** Somebody else's program, on this machine: the server was told that it may be called. */
async function receiver(): Promise<Receiver> {
  const heard: Heard[] = [];
  const server = createServer(async (request, response) => {
    const text = await textOf(request);
    heard.push({
      id: String(request.headers['webhook-id']),
      signature: String(request.headers['webhook-signature']),
      body: JSON.parse(text) as Heard['body'],
    });
    response.writeHead(it.answer, { 'Content-Type': 'application/json' });
    response.end('{"recebido":true}');
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  const it: Receiver = {
    url: `http://127.0.0.1:${port}/ponte`,
    heard,
    answer: 200,
    close: () => new Promise((done) => server.close(done)),
  };
  return it;
}

test('a webhook is made, tried, watched, sent again and deleted @phone', async ({
  app,
  company,
}) => {
  const shop = await receiver();
  await app.goto('/config/webhooks');
  await expect(app.getByText('Nenhum webhook ainda')).toBeVisible();
  await settled(app);
  await expectAccessible(app);
  await app.getByRole('button', { name: 'Novo webhook' }).click();
  const dialog = app.getByRole('dialog');
  await dialog.getByLabel('Endereço (URL)').fill(shop.url);
  await dialog.getByLabel('Nome').fill('Loja virtual');
  await dialog.getByRole('button', { name: 'Salvar' }).click();
  await expect(dialog.getByText('Escolha pelo menos um evento')).toBeVisible();
  await dialog.getByRole('checkbox', { name: 'Clientes: tudo' }).check();
  await dialog.getByRole('button', { name: 'Escolher eventos de Clientes: tudo' }).click();
  await dialog.getByRole('checkbox', { name: 'Cliente: exclusão' }).uncheck();
  await expectAccessible(app);
  await dialog.getByRole('button', { name: 'Salvar' }).click();

  await expect(dialog.getByLabel('Segredo', { exact: true })).toHaveValue(/^whsec_/);
  await expectAccessible(app);
  await dialog.getByRole('button', { name: 'Já guardei' }).click();
  const row = app.getByRole('list', { name: 'Webhooks' }).getByRole('listitem');
  await expect(row).toContainText('Nada enviado ainda');
  await expect(row).toContainText('Cliente: criação');
  await expect(row).not.toContainText('exclusão');

  const actions = app.getByRole('button', { name: 'Ações de Loja virtual' });
  await actions.click();
  await app.getByRole('menuitem', { name: 'Enviar teste' }).click();
  await expect(dialog.getByText('respondeu 200')).toBeVisible();
  await expect(dialog.getByText('{"recebido":true}')).toBeVisible();
  await expectAccessible(app);
  expect(shop.heard[0]?.body.type).toBe('webhook.test');
  expect(shop.heard[0]?.signature).toMatch(/^v1,/);
  await dialog.getByRole('button', { name: 'Fechar' }).last().click();

  await company.call('POST', '/contacts', { name: 'Bia Nunes', phone: '+5511987650001' });
  await row.getByRole('link', { name: 'Loja virtual' }).click();
  const deliveries = app.getByRole('list', { name: 'Entregas' });
  const created = deliveries.getByRole('listitem').filter({ hasText: 'Cliente: criação' });
  await app.locator('label').filter({ hasText: 'Entregue' }).click();
  await expect(created).toContainText('respondeu 200');
  await settled(app);
  await expectAccessible(app);
  await created.getByRole('button', { name: 'Cliente: criação', exact: true }).click();
  await expect(dialog.getByRole('region', { name: 'Conteúdo enviado' })).toContainText('Bia Nunes');
  await expectAccessible(app);
  const before = shop.heard.length;
  await dialog.getByRole('button', { name: 'Reenviar Cliente: criação' }).click();
  await expect.poll(() => shop.heard.length).toBe(before + 1);
  expect(shop.heard.at(-1)?.id).toBe(shop.heard.at(-2)?.id);
  await expect(dialog.getByRole('list', { name: 'Tentativas' }).getByRole('listitem')).toHaveCount(
    2,
  );
  await app.keyboard.press('Escape');

  await app.getByRole('link', { name: 'Webhooks' }).last().click();
  await actions.click();
  await app.getByRole('menuitem', { name: 'Excluir' }).click();
  await expect(app.getByText('Nenhum webhook ainda')).toBeVisible();
  await app.getByRole('button', { name: 'Desfazer' }).click();
  await expect(row).toContainText('Loja virtual');
  await shop.close();
});

test('what was refused is sent again, all of it, when the program is mended', async ({
  app,
  company,
}) => {
  const shop = await receiver();
  shop.answer = 410;
  const { id } = await company.call<{ id: string }>('POST', '/webhooks', {
    url: shop.url,
    events: ['tag.created'],
  });
  await company.call('POST', '/tags', { name: 'VIP', color: 'blue' });
  await app.goto('/config/webhooks');
  const row = app.getByRole('list', { name: 'Webhooks' }).getByRole('listitem');
  await expect(async () => {
    await app.reload();
    await expect(row).toContainText('Pausado: não existe mais', { timeout: 2000 });
  }).toPass();
  await expect(row).toContainText('Corrija o endereço');
  await settled(app);
  await expectAccessible(app);

  shop.answer = 200;
  await row.getByRole('switch').check({ force: true });
  await expect(row).not.toContainText('Pausado');
  await app.goto(`/config/webhooks?webhook=${id}&state=dead`);
  const deliveries = app.getByRole('list', { name: 'Entregas' }).getByRole('listitem');
  await expect(deliveries).toContainText('respondeu 410');
  await app.getByRole('button', { name: 'Reenviar um período' }).click();
  const dialog = app.getByRole('dialog');
  await expectAccessible(app);
  await dialog.getByRole('button', { name: 'Reenviar' }).click();
  await expect(app.getByText('1 entrega de volta à fila')).toBeVisible();
  await expect.poll(() => shop.heard.length).toBe(2);
  await expect(app.getByText('Nenhuma entrega abandonada')).toBeVisible();
  await shop.close();
});

test('who may not read webhooks is told so', async ({ page, company, request }) => {
  await signedIn(page, await colleague(request, company, 'agent'));
  await page.goto('/config/webhooks');

  await expect(page.getByText('Você não pode ver os webhooks')).toBeVisible();
});
