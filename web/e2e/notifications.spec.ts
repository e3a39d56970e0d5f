import { colleague, customer, expect, expectAccessible, settled, test } from './fixtures';

test('what becomes mine is told at once, opened, read and chosen @phone', async ({
  app,
  company,
  request,
  mobile,
}) => {
  const bia = await colleague(request, company, 'supervisor');
  const socket = app.waitForEvent('websocket');
  await app.goto('/clientes');
  await (await socket).waitForEvent('framereceived', ({ payload }) => payload === '3probe');

  const { user } = await company.call<{ user: { id: string } }>('GET', '/auth/me');
  await customer(bia, { name: 'Padaria Aurora', assignedTo: user.id });

  const bell = app.getByRole('link', { name: /^Notificações/ });
  await expect(bell.getByLabel('1 notificação não lida')).toBeVisible();
  await bell.click();
  await settled(app);
  await expect(app.getByRole('heading', { level: 1, name: 'Notificações' })).toBeVisible();
  await expectAccessible(app);
  await app.getByRole('button', { name: /passou para você: Padaria Aurora/ }).click();
  await expect(app.getByRole('heading', { name: 'Padaria Aurora' }).first()).toBeVisible();
  if (!mobile) await expect(bell.getByLabel(/não lida/)).toHaveCount(0);

  await app.goto('/notificacoes');
  await app.getByText('Não lidas').click();
  await expect(app.getByText('Tudo lido')).toBeVisible();
  await app.getByRole('link', { name: 'Escolher o que avisar' }).first().click();
  const screen = app.getByRole('checkbox', { name: 'Um registro passa a ser meu: Na tela' });
  await expect(screen).toBeChecked();
  await expectAccessible(app);
  await screen.click();
  await app.reload();
  await expect(screen).not.toBeChecked();
  await expect(
    app.getByRole('checkbox', { name: 'Um registro passa a ser meu: Por e-mail' }),
  ).toBeDisabled();
});
