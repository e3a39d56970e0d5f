import { colleague, expect, expectAccessible, settled, test } from './fixtures';

const pages: [string, string][] = [
  ['perfil', 'Minha conta'],
  ['preferencias', 'Preferências'],
  ['empresa', 'Empresa'],
  ['usuarios', 'Usuários'],
  ['equipes', 'Equipes'],
  ['perfis', 'Funções e permissões'],
  ['chaves', 'Chaves de API'],
  ['auditoria', 'Auditoria'],
  ['email', 'E-mail'],
  ['caixa-de-saida', 'Caixa de saída'],
  ['webhooks', 'Webhooks'],
  ['etiquetas', 'Etiquetas'],
  ['campos', 'Campos personalizados'],
  ['importacoes', 'Importações'],
  ['operacoes', 'Alterações em massa'],
  ['trabalhos', 'Trabalhos do sistema'],
];

for (const [address, title] of pages) {
  test(`${title} can be used by everybody @phone`, async ({ visit }) => {
    await visit.goto(`/config/${address}`);
    await expect(visit.getByRole('heading', { name: title, level: 1 })).toBeVisible();
    await settled(visit);
    await expectAccessible(visit);
  });
}

test('a tag is made, renamed and deleted @phone', async ({ app }) => {
  await app.goto('/config/etiquetas');
  await expect(app.getByText('Nenhuma etiqueta ainda')).toBeVisible();
  await app.getByRole('button', { name: 'Nova etiqueta' }).click();
  const dialog = app.getByRole('dialog');
  await dialog.getByLabel('Nome').fill('VIP');
  await dialog.getByRole('radio', { name: 'Violeta' }).check({ force: true });
  await expectAccessible(app);
  await dialog.getByRole('button', { name: 'Salvar' }).click();
  await expect(dialog).toBeHidden();
  const list = app.getByRole('list', { name: 'Etiquetas' });
  await expect(list.getByText('VIP')).toBeVisible();

  await app.getByRole('button', { name: 'Editar VIP' }).click();
  await dialog.getByLabel('Nome').fill('Muito VIP');
  await dialog.getByRole('button', { name: 'Salvar' }).click();
  await expect(list.getByText('Muito VIP')).toBeVisible();

  await app.getByRole('button', { name: 'Excluir Muito VIP' }).click();
  await expectAccessible(app);
  await dialog.getByRole('button', { name: 'Excluir' }).click();
  await expect(app.getByText('Nenhuma etiqueta ainda')).toBeVisible();
});

test('a refused name is said at its field', async ({ app, company }) => {
  await company.call('POST', '/tags', { name: 'VIP', color: 'blue' });
  await app.goto('/config/etiquetas');
  await app.getByRole('button', { name: 'Nova etiqueta' }).click();
  const dialog = app.getByRole('dialog');
  await dialog.getByLabel('Nome').fill('VIP');
  await dialog.getByRole('button', { name: 'Salvar' }).click();

  await expect(dialog.getByLabel('Nome')).toHaveAttribute('aria-invalid', 'true');
  await expect(dialog.getByLabel('Nome')).toBeFocused();
});

test('a list field gets its options, and the order of fields is kept @phone', async ({
  app,
  mobile,
}) => {
  await app.goto('/config/campos');
  const dialog = app.getByRole('dialog');
  const create = app.getByRole('button', { name: 'Novo campo' });
  await create.click();
  await dialog.getByLabel('Nome').fill('Contrato');
  await dialog.getByRole('button', { name: 'Salvar' }).click();
  await expect(dialog).toBeHidden();

  await create.click();
  await dialog.getByLabel('Nome').fill('Plano');
  await dialog.getByRole('combobox', { name: 'Tipo' }).click();
  await app.getByRole('option', { name: 'Lista (uma opção)' }).click();
  await dialog.getByRole('button', { name: 'Adicionar opção' }).click();
  await dialog.getByLabel('Opção 1').fill('Básico');
  await dialog.getByLabel('Opção 1').press('Enter');
  await dialog.getByLabel('Opção 2').fill('Pro');
  await expectAccessible(app);
  await dialog.getByRole('button', { name: 'Salvar' }).click();
  await expect(dialog).toBeHidden();
  const rows = app.getByRole('list', { name: 'Campos personalizados' }).getByRole('listitem');
  await expect(rows.nth(1)).toContainText('Básico, Pro');
  if (mobile) return;

  await app.getByLabel('Mover Plano').focus();
  await app.keyboard.press('Space');
  await app.keyboard.press('ArrowUp');
  const saved = app.waitForResponse('**/custom-fields/order');
  await app.keyboard.press('Space');
  await expect(rows.first()).toContainText('Plano');
  expect((await saved).status()).toBe(204);
  await app.reload();
  await expect(rows.first()).toContainText('Plano');
});

test('a colleague is invited, enters, is shut out and let in again', async ({ app, request }) => {
  const email = `dandara.${Date.now()}.${Math.random().toString(36).slice(2, 7)}@exemplo.com.br`;
  const password = 'Senha-da-Dandara-1';
  const enter = () => request.post('/api/v1/auth/login', { data: { email, password } });
  await app.goto('/config/usuarios');
  await app.getByRole('button', { name: 'Novo usuário' }).click();
  const dialog = app.getByRole('dialog');
  await dialog.getByLabel('Nome').fill('Dandara Reis');
  await dialog.getByLabel('E-mail').fill(email);
  await dialog.getByLabel(/^Senha/).fill(password);
  await expectAccessible(app);
  await dialog.getByRole('button', { name: 'Salvar' }).click();
  await expect(dialog).toBeHidden();
  expect((await enter()).status()).toBe(200);

  await app.getByRole('button', { name: 'Ações de Dandara Reis' }).click();
  await app.getByRole('menuitem', { name: 'Desativar' }).click();
  await expect(app.getByText('Desativado')).toBeVisible();
  expect((await enter()).ok()).toBe(false);

  await app.getByRole('button', { name: 'Desfazer' }).click();
  await expect(app.getByText('Desativado')).toBeHidden();
  expect((await enter()).status()).toBe(200);
});

test('who forgot the password chooses a new one by a link', async ({
  app,
  company,
  request,
  browser,
}) => {
  const dandara = await colleague(request, company, 'agent', 'Dandara Reis');
  await app.goto('/config/usuarios');
  await app.getByRole('button', { name: 'Ações de Dandara Reis' }).click();
  await app.getByRole('menuitem', { name: 'Redefinir senha' }).click();
  const dialog = app.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Criar link' }).click();
  await expect(dialog.getByText(/Vale até/)).toBeVisible();
  await expectAccessible(app);
  const link = await dialog.getByLabel('Link', { exact: true }).inputValue();

  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(link);
  await page.getByLabel('Nova senha', { exact: true }).fill('12345678');
  await page.getByRole('button', { name: 'Salvar a nova senha' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await page.getByLabel('Nova senha', { exact: true }).fill('outra-senha-da-dandara');
  await page.getByRole('button', { name: 'Salvar a nova senha' }).click();
  await expect(page.getByText('Senha alterada')).toBeVisible();
  await page.getByRole('link', { name: 'Entrar' }).click();
  await page.getByRole('button', { name: 'Esqueci minha senha' }).click();
  await expect(page.getByText(/administrador da sua empresa/)).toBeVisible();
  await page.getByLabel('E-mail').fill(dandara.email);
  await page.getByRole('button', { name: 'Enviar link' }).click();
  await expect(page.getByText(/Se houver uma conta com este e-mail/)).toBeVisible();
  await page.getByRole('button', { name: 'Voltar a entrar' }).click();
  await expect(page.getByRole('heading', { name: 'Entrar' })).toBeVisible();
  await context.close();
  const login = { email: dandara.email, password: 'outra-senha-da-dandara' };
  expect((await request.post('/api/v1/auth/login', { data: login })).status()).toBe(200);
});

test('a colleague is invited by e-mail, and chooses a password by the link', async ({
  app,
  request,
  browser,
}) => {
  const email = `bia.${Date.now()}.${Math.random().toString(36).slice(2, 7)}@exemplo.com.br`;
  const password = 'senha-que-a-bia-escolheu';
  await app.goto('/config/usuarios');
  await app.getByRole('button', { name: 'Convidar' }).click();
  const dialog = app.getByRole('dialog');
  await dialog.getByLabel('E-mail').fill(email);
  await expectAccessible(app);
  await dialog.getByRole('button', { name: 'Enviar convite' }).click();
  await expect(dialog.getByText(`Um e-mail para ${email} está a caminho`)).toBeVisible();
  await expectAccessible(app);
  const link = await dialog.getByLabel('Link', { exact: true }).inputValue();
  await dialog.getByRole('link', { name: 'Ver caixa de saída' }).click();
  await expect(app.getByText('Nenhum servidor de e-mail configurado')).toBeVisible();
  await expect(app.getByRole('link', { name: 'Configurar e-mail' })).toBeVisible();
  await settled(app);
  await expectAccessible(app);

  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(link);
  await page.getByLabel('Nova senha', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Salvar a nova senha' }).click();
  await expect(page.getByText('Senha alterada')).toBeVisible();
  await context.close();
  const login = await request.post('/api/v1/auth/login', { data: { email, password } });
  expect(login.status()).toBe(200);
});

test('a company names its own mail server, and is asked for no more than it needs', async ({
  app,
}) => {
  await app.goto('/config/email');
  await expect(app.getByLabel('Servidor SMTP')).toBeHidden();
  await app.getByRole('combobox', { name: 'Quem envia' }).click();
  await app.getByRole('option', { name: 'SendGrid' }).click();
  await expect(app.getByLabel('Chave do SendGrid')).toBeVisible();
  await app.getByRole('combobox', { name: 'Quem envia' }).click();
  await app.getByRole('option', { name: 'Servidor SMTP da empresa' }).click();
  await expect(app.getByLabel('Chave do SendGrid')).toBeHidden();
  await app.getByLabel('Servidor SMTP', { exact: true }).fill('smtp.exemplo.com.br');
  await app.getByLabel('Senha do SMTP').fill('segredo');
  await expectAccessible(app);
  await app.getByRole('button', { name: 'Salvar', exact: true }).click();
  await expect(app.getByText('Há alterações não salvas')).toBeHidden();

  await app.reload();
  await expect(app.getByLabel('Servidor SMTP', { exact: true })).toHaveValue('smtp.exemplo.com.br');
  await expect(app.getByText('Definido')).toBeVisible();
});

test('a role begins as a copy, is changed, and holds at once @phone', async ({
  app,
  company,
  request,
}) => {
  await app.goto('/config/perfis');
  await app.getByRole('combobox', { name: 'Função' }).click();
  await app.getByRole('option', { name: 'Somente leitura' }).click();
  await expect(app.getByText(/Função do sistema/)).toBeVisible();
  await app.getByRole('button', { name: 'Nova função' }).click();
  const dialog = app.getByRole('dialog', { name: 'Nova função' });
  await dialog.getByLabel('Nome').fill('Pós-venda');
  await expectAccessible(app);
  await dialog.getByRole('button', { name: 'Salvar' }).click();

  await expect(app.getByRole('combobox', { name: 'Função' })).toHaveValue('Pós-venda');
  const dandara = await colleague(request, company, 'pos_venda', 'Dandara Reis');
  const fields = { name: 'Ana', phone: '+5511987654321' };
  const attempt = () =>
    request.post('/api/v1/contacts', {
      data: fields,
      headers: { Authorization: `Bearer ${dandara.accessToken}` },
    });
  expect((await attempt()).status()).toBe(403);

  await app.getByRole('combobox', { name: 'Clientes: Criar' }).selectOption('Todos');
  await expect(app.getByText('Há alterações não salvas')).toBeVisible();
  await expectAccessible(app);
  await app.getByRole('button', { name: 'Salvar' }).click();
  await expect(app.getByText('Há alterações não salvas')).toBeHidden();
  expect((await attempt()).status()).toBe(201);
});

test('a session elsewhere is seen, and ended from here @phone', async ({
  app,
  company,
  request,
}) => {
  const { email, password } = company;
  const other = await request.post('/api/v1/auth/login', {
    data: { email, password },
    headers: { 'User-Agent': 'Mozilla/5.0 (Windows NT 10.0) Firefox/140.0' },
  });
  const { accessToken } = await other.json();
  await app.goto('/config/perfil');
  const list = app.getByRole('list', { name: 'Onde você entrou' });
  await expect(list.getByText('Esta sessão')).toBeVisible();
  await list.getByRole('button', { name: 'Encerrar Firefox · Windows' }).click();

  await expect(list.getByText('Firefox')).toBeHidden();
  const answer = await request.get('/api/v1/auth/me', {
    headers: { Authorization: `Bearer ${accessToken}` },
  });
  expect(answer.status()).toBe(401);
});

test('an unsaved name asks before it is lost, and Salvar keeps it', async ({ app, mobile }) => {
  await app.goto('/config/perfil');
  const name = app.getByLabel('Nome').first();
  await name.fill('Marina Souza');
  await expect(app.getByText('Há alterações não salvas')).toBeVisible();
  await expectAccessible(app);
  if (!mobile) {
    await app.getByRole('link', { name: 'Empresa' }).click();
    await app.getByRole('button', { name: 'Continuar editando' }).click();
    await expect(name).toHaveValue('Marina Souza');
  }
  // Exactly: the dialog that closes has a "Sair sem salvar".
  await app.getByRole('button', { name: 'Salvar', exact: true }).click();
  await expect(app.getByText('Há alterações não salvas')).toBeHidden();

  await app.reload();
  await expect(name).toHaveValue('Marina Souza');
});

test('what another admin has changed meanwhile is neither lost nor taken back', async ({
  app,
  company,
}) => {
  await app.goto('/config/empresa');
  const days = app.getByLabel('Por quantos dias um cliente é novo');
  const name = app.getByLabel('Nome da empresa');
  await expect(days).toHaveValue('30');
  await name.fill('Padaria Azul');
  await company.call('PATCH', '/tenant', { name: 'Padaria Verde' });
  await app.getByRole('button', { name: 'Salvar', exact: true }).click();
  await expect(app.getByRole('alert').filter({ hasText: 'Padaria Verde' })).toBeVisible();
  await expectAccessible(app);
  await app.getByRole('button', { name: 'Usar este' }).click();
  await expect(name).toHaveValue('Padaria Verde');
  await expect(app.getByText('Há alterações não salvas')).toBeHidden();

  await name.fill('Padaria Nova');
  await company.call('PATCH', '/tenant', { locale: 'en' });
  await app.getByRole('button', { name: 'Salvar', exact: true }).click();
  await expect(app.getByText('Há alterações não salvas')).toBeHidden();
  await expect(app.getByLabel('Idioma padrão').first()).toHaveValue('English');
  await days.fill('45');
  await app.getByRole('button', { name: 'Salvar', exact: true }).click();
  await expect(app.getByText('Há alterações não salvas')).toBeHidden();
  // Read again, the page would speak English with its company.
  await company.call('PATCH', '/tenant', { locale: 'pt-BR' });
  await app.reload();
  await expect(name).toHaveValue('Padaria Nova');
  await expect(days).toHaveValue('45');
});

test('the password changes, and the old one no longer opens', async ({ app, company, request }) => {
  const next = `${company.password}-nova`;
  await app.goto('/config/perfil');
  await app.getByLabel('Senha atual').fill(company.password);
  await app.getByLabel('Nova senha').fill(next);
  await app.getByRole('button', { name: 'Trocar senha' }).click();
  await expect(app.getByText(/Senha trocada/)).toBeVisible();

  const enter = (password: string) =>
    request.post('/api/v1/auth/login', { data: { email: company.email, password } });
  expect((await enter(company.password)).status()).toBe(401);
  expect((await enter(next)).status()).toBe(200);
});

test('settings are found by other words too', async ({ app }) => {
  await app.goto('/config');
  if (await app.getByRole('heading', { name: 'Minha conta', level: 1 }).isVisible()) {
    await app.getByLabel('Buscar configuração').fill('cores');
    await expect(app.getByRole('link', { name: 'Etiquetas' })).toBeVisible();
    await expect(app.getByRole('link', { name: 'Equipes' })).toBeHidden();
  }
});

test('a broken server is said in place, with its request, and asked again @phone', async ({
  app,
}) => {
  let broken = true;
  await app.route('**/api/v1/teams?*', (route) =>
    broken
      ? route.fulfill({
          status: 500,
          contentType: 'application/problem+json',
          body: JSON.stringify({ status: 500, code: 'internal', title: 'x', requestId: '01JTEST' }),
        })
      : route.continue(),
  );
  await app.goto('/config/equipes');
  await expect(app.getByText('Não foi possível carregar as equipes')).toBeVisible({
    timeout: 15_000,
  });
  await expect(app.getByText('Requisição 01JTEST')).toBeVisible();
  await expectAccessible(app);

  broken = false;
  await app.getByRole('button', { name: 'Tentar de novo' }).click();
  await expect(app.getByText('Nenhuma equipe ainda')).toBeVisible();
});
