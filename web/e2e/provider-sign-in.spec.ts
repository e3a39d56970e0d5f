import type { Page } from '@playwright/test';
import { colleague, expect, expectAccessible, settled, test } from './fixtures';

/** Who plays Google asks nobody who they are: this says it. */
const whoSignsIn = (page: Page, email: string) =>
  page.route('**/o/oauth2/v2/auth?**', (route) =>
    route.continue({ url: `${route.request().url()}&login_hint=${encodeURIComponent(email)}` }),
  );

const google = { name: 'Entrar com Google' };

test('somebody signs in with Google, sees the account that is linked, and unlinks it', async ({
  page,
  company,
  request,
}) => {
  const { email } = await colleague(request, company, 'agent');
  await whoSignsIn(page, email);
  await page.goto('/config/perfil');
  await expect(page.getByRole('button', google)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', google).click();

  // Back on the page that was wanted.
  const linked = page.getByRole('list', { name: 'Contas vinculadas' });
  await expect(linked).toContainText(email);
  await settled(page);
  await expectAccessible(page);
  await linked.getByRole('button', { name: 'Desvincular' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Desvincular' }).click();
  await expect(page.getByText('Google desvinculado')).toBeVisible();
  await expect(linked).toHaveCount(0);
});

test('whoever has no user here is told so', async ({ page }) => {
  await whoSignsIn(page, 'ninguem@exemplo.com');
  await page.goto('/entrar');
  await page.getByRole('button', google).click();

  await expect(page.getByRole('alert')).toContainText('Ninguém aqui tem o e-mail');
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Entrar de outra forma' }).click();
  await expect(page.getByRole('button', google)).toBeVisible();
});
