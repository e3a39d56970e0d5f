import {
  customer,
  expect,
  expectAccessible,
  expectOpenAccessible,
  rowOf,
  rowsOf,
  settled,
  test,
} from './fixtures';

test.describe('looking at the base', () => {
  test.beforeEach(async ({ visit }) => {
    await visit.goto('/clientes?limit=20');
    await expect(rowsOf(visit).first()).toBeVisible();
  });

  test('the counts are filters, and the address keeps them @phone', async ({ visit }) => {
    const strip = visit.getByRole('group', { name: 'Resumo da base' });
    await expect(strip.getByRole('button', { name: /^Total/ })).toContainText('24');
    await expect(strip.getByRole('button', { name: /^Ativos/ })).toContainText('12');

    await strip.getByRole('button', { name: /^Inativos/ }).click();
    await expect(visit).toHaveURL(/status=inactive/);
    await expect(rowsOf(visit)).toHaveCount(6);
    await expect(rowsOf(visit).filter({ hasText: 'Inativo' })).toHaveCount(6);

    await visit.reload();
    await expect(rowsOf(visit)).toHaveCount(6);
    await expect(strip.getByRole('button', { name: /^Inativos/ })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    await strip.getByRole('button', { name: /^Novos/ }).click();
    await expect(rowsOf(visit)).toHaveCount(20);
  });

  test('a header sorts upwards, downwards, and not at all', async ({ visit, mobile }) => {
    test.skip(mobile, 'phones have no headers');
    const header = visit.getByRole('columnheader', { name: 'Nome' });
    const first = rowsOf(visit).first();

    await header.getByRole('button').click();
    await expect(header).toHaveAttribute('aria-sort', 'ascending');
    await expect(first).toContainText('Abel Araújo');
    await header.getByRole('button').click();
    await expect(header).toHaveAttribute('aria-sort', 'descending');
    await expect(first).toContainText('Íris Souza');
    await header.getByRole('button').click();
    await expect(header).not.toHaveAttribute('aria-sort');
    await expect(visit).not.toHaveURL(/sort=/);
  });

  test('words are found without their accents, and nothing is said when nothing is', async ({
    visit,
  }) => {
    const box = visit.getByRole('searchbox', { name: 'Buscar clientes...' });
    await box.fill('debora araujo');
    await expect(rowsOf(visit)).toHaveCount(1);
    await expect(rowsOf(visit)).toContainText('Débora Araújo');

    await box.fill('zzz-nada');
    await expect(visit.getByText('Nenhum resultado em Clientes')).toBeVisible();
    await expectAccessible(visit);
    await visit.getByRole('button', { name: 'Limpar filtros' }).click();
    await expect(rowsOf(visit)).toHaveCount(20);
    await expect(box).toHaveValue('');
  });

  test('a condition becomes a chip, is shared by the address, and leaves', async ({
    visit,
    mobile,
  }) => {
    test.skip(mobile, 'on a phone the editor is the way in');
    await visit.getByRole('button', { name: 'Adicionar filtro' }).click();
    await visit.getByRole('menuitem', { name: 'Cidade' }).click();
    await visit.getByRole('textbox', { name: 'Valor' }).fill('santos');
    await visit.getByRole('button', { name: 'Mostrar 12' }).click();

    await expect(visit.getByRole('button', { name: /^Cidade contém santos$/ })).toBeVisible();
    await expect(rowsOf(visit)).toHaveCount(12);
    await expectAccessible(visit);
    await visit.reload();
    await expect(rowsOf(visit)).toHaveCount(12);

    await visit.getByRole('button', { name: /^Remover Cidade/ }).click();
    await expect(rowsOf(visit)).toHaveCount(20);
  });

  test('conditions are joined by OU in the editor @phone', async ({ visit }) => {
    await visit.getByRole('button', { name: 'Filtros', exact: true }).click();
    const editor = visit.getByRole('form', { name: 'Filtros avançados' });
    await editor.getByLabel('Valor').fill('Abel S');
    await editor.getByRole('button', { name: 'Condição', exact: true }).click();
    await editor.getByLabel('Valor').nth(1).fill('Beatriz L');
    await editor.getByText('Qualquer (OU)').click();
    await expectAccessible(visit);
    await editor.getByRole('button', { name: 'Mostrar 2' }).click();

    await expect(rowsOf(visit)).toHaveCount(2);
    await expect(rowOf(visit, 'Abel Souza')).toBeVisible();
    await expect(rowOf(visit, 'Beatriz Lima')).toBeVisible();
  });

  test('pages go forth and back @phone', async ({ visit, mobile }) => {
    await visit.getByRole('button', { name: 'Próxima página' }).click();
    await expect(visit).toHaveURL(/page=2/);
    await expect(rowsOf(visit)).toHaveCount(4);
    await expect(visit.getByText('21–24 de 24')).toBeVisible();
    await visit.goBack();
    await expect(rowsOf(visit)).toHaveCount(20);
    if (mobile) return;

    await visit.getByRole('combobox', { name: 'Linhas por página' }).click();
    await visit.getByRole('option', { name: '50 por página' }).click();
    await expect(rowsOf(visit)).toHaveCount(24);
    await visit.goBack();
    await visit.getByRole('button', { name: 'Página 2' }).click();
    await expect(rowsOf(visit)).toHaveCount(4);
  });

  test('columns are chosen, moved by keyboard, and stay', async ({ visit, mobile }) => {
    test.skip(mobile, 'phones have no columns');
    const headers = visit.getByRole('columnheader');
    await visit.getByRole('button', { name: 'Colunas' }).click();
    const list = visit.getByRole('dialog', { name: 'Colunas' });
    await list.getByRole('checkbox', { name: 'E-mail' }).check({ force: true });
    await list.getByRole('checkbox', { name: 'Empresa' }).uncheck({ force: true });
    await expect(headers.filter({ hasText: 'E-mail' })).toBeVisible();
    await expect(headers.filter({ hasText: 'Empresa' })).toBeHidden();
    await expectAccessible(visit);
    await list.getByLabel('Mover Situação').focus();
    await visit.keyboard.press('Space');
    await visit.keyboard.press('ArrowDown');
    await visit.keyboard.press('Space');
    await visit.keyboard.press('Escape');

    await visit.reload();
    await expect(headers.filter({ hasText: 'E-mail' })).toBeVisible();
    await expect(headers.filter({ hasText: 'Empresa' })).toBeHidden();
    const names = await headers.allInnerTexts();
    expect(names.indexOf('Etiquetas')).toBeLessThan(names.indexOf('Situação'));
  });

  test('the same rows as cards @phone', async ({ visit }) => {
    await visit.locator('label').filter({ hasText: 'Cartões' }).click();
    await expect(visit).toHaveURL(/view=cards/);
    await expect(rowOf(visit, 'Íris Lima')).toContainText('Telefone');
    await expectAccessible(visit);
    await visit.getByRole('link', { name: 'Íris Lima' }).click();
    await expect(visit).toHaveURL(/\/clientes\/[0-9a-f-]{36}/);
  });

  test('J, K, X, Shift and Esc walk and choose; Enter opens', async ({ visit, mobile }) => {
    test.skip(mobile, 'phones have no keys');
    const rows = rowsOf(visit);
    await visit.keyboard.press('j');
    await expect(rows.nth(0).locator('[data-cell]:focus')).toHaveCount(1);
    await visit.keyboard.press('j');
    await visit.keyboard.press('x');
    await expect(rows.nth(1)).toHaveAttribute('aria-selected', 'true');
    await visit.keyboard.press('j');
    await visit.keyboard.press('j');
    await visit.keyboard.press('Shift+X');
    await expect(visit.getByText('3 selecionados')).toBeVisible();
    await expectAccessible(visit);
    await visit.keyboard.press('Escape');
    await expect(visit.getByText('3 selecionados')).toBeHidden();

    await visit.keyboard.press('k');
    const name = await rows.nth(2).getByRole('link').innerText();
    await visit.keyboard.press('Enter');
    await expect(visit.getByRole('heading', { level: 1, name })).toBeVisible();
  });

  test('names stay in sight, columns fill the window, toasts cover neither pager nor menu', async ({
    visit,
    mobile,
  }) => {
    test.skip(mobile, 'phones have rows of two lines');
    await visit.getByRole('button', { name: 'Colunas' }).click();
    for (const name of ['E-mail', 'Telefone', 'Cidade', 'Estado', 'Origem']) {
      await visit.getByRole('checkbox', { name }).check();
    }
    await visit.keyboard.press('Escape');
    const first = rowsOf(visit).first().getByRole('link');
    const left = (await first.boundingBox())!.x;
    await visit.getByRole('grid').evaluate((grid) => (grid.parentElement!.scrollLeft = 500));
    expect((await first.boundingBox())!.x).toBe(left);

    await visit.setViewportSize({ width: 3000, height: 900 });
    const last = visit.getByRole('columnheader', { name: 'Origem' });
    await expect
      .poll(async () => {
        const { x, width } = (await last.boundingBox())!;
        return 3000 - (x + width);
      })
      .toBeLessThan(80);

    await visit.setViewportSize({ width: 1440, height: 900 });
    await visit.keyboard.press('j');
    await visit.keyboard.press('End');
    await visit.keyboard.press('Enter');
    await visit.getByRole('menuitem', { name: 'Excluir' }).click();
    const undo = visit.getByRole('button', { name: 'Desfazer' });
    const toast = (await visit.getByRole('alert').filter({ has: undo }).boundingBox())!;
    const pager = (await visit.getByRole('navigation', { name: 'Páginas' }).boundingBox())!;
    const settings = (await visit.getByRole('link', { name: 'Configurações' }).boundingBox())!;
    expect(toast.y + toast.height).toBeLessThan(Math.min(pager.y, settings.y));
    // Back before anybody else looks into the house.
    const restored = visit.waitForResponse((answer) => answer.url().endsWith('/restore'));
    await undo.click();
    expect((await restored).ok()).toBe(true);
  });

  test('the list can be used by everybody @phone', async ({ visit }) => {
    await settled(visit);
    await expectAccessible(visit);
    await visit.getByRole('button', { name: 'Mais opções da lista' }).click();
    await visit.getByRole('menuitem', { name: 'Ver lixeira' }).click();
    await expect(visit.getByText('A lixeira está vazia')).toBeVisible();
    await expectAccessible(visit);
    await visit.getByRole('button', { name: 'Sair da lixeira' }).click();
    await expect(rowsOf(visit)).toHaveCount(20);
  });
});

test('what opens over the list can be used by everybody @phone', async ({
  app,
  company,
  mobile,
}) => {
  await customer(company, { name: 'Ana Ribeiro', tags: ['VIP'] });
  await app.goto('/clientes');
  await expect(rowsOf(app)).toHaveCount(1);
  if (mobile) {
    await app.getByRole('button', { name: 'Filtros', exact: true }).click();
    await app.getByRole('combobox', { name: 'Campo' }).click();
    await expect(app.getByRole('option', { name: 'Empresa' })).toBeVisible();
    return expectAccessible(app);
  }

  await app.getByRole('button', { name: 'Adicionar filtro' }).click();
  await expectAccessible(app);
  await app.getByRole('menuitem', { name: 'Etiquetas' }).click();
  await app.getByRole('combobox', { name: 'Valor' }).click();
  await expect(app.getByRole('option', { name: 'VIP' })).toBeVisible();
  await expectAccessible(app);
  await app.keyboard.press('Escape');
  await app.keyboard.press('Escape');

  const cell = (column: string) => rowsOf(app).locator(`[data-cell$=":${column}"]`);
  await cell('status').dblclick();
  await expect(app.getByRole('option', { name: 'Ativo', exact: true })).toBeVisible();
  await expectAccessible(app);
  await app.keyboard.press('Escape');
  await cell('tags').dblclick();
  await rowsOf(app).getByRole('combobox', { name: 'Etiquetas' }).fill('parc');
  await expect(app.getByRole('option', { name: /parc/ })).toBeVisible();
  await expectOpenAccessible(app);
  await app.keyboard.press('Escape');
  await rowsOf(app).hover();
  await cell('menu').getByRole('button').click();
  await expect(app.getByRole('menuitem', { name: 'Excluir' })).toBeVisible();
  await expectAccessible(app);
});

test('a list that cannot be loaded says so in its place @phone', async ({ visit }) => {
  let broken = true;
  await visit.route('**/api/v1/contacts?*', (route) =>
    broken
      ? route.fulfill({
          status: 500,
          contentType: 'application/problem+json',
          body: JSON.stringify({ status: 500, code: 'internal', title: 'x', requestId: '01JLIST' }),
        })
      : route.continue(),
  );
  await visit.goto('/clientes');
  await expect(visit.getByText('Não foi possível carregar os clientes')).toBeVisible({
    timeout: 15_000,
  });
  await expect(visit.getByText('Requisição 01JLIST')).toBeVisible();
  await expectAccessible(visit);

  broken = false;
  await visit.getByRole('button', { name: 'Tentar de novo' }).click();
  await expect(rowsOf(visit)).toHaveCount(24);
});
