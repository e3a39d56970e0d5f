import type { Locator, Page } from '@playwright/test';
import { customers, expect, expectAccessible, test } from './fixtures';
import type { Company } from './fixtures';

const column = (page: Page, name: string): Locator => page.getByRole('region', { name });
const card = (page: Page, stage: string, title: string): Locator =>
  column(page, stage).getByRole('listitem').filter({ hasText: title });

async function opportunity(company: Company, title: string, value: number): Promise<void> {
  const [ana] = await customers(company, [`Ana ${title}`]);
  await company.call('POST', '/opportunities', { contactId: ana!.id, title, value });
}

test('a card is carried by the keyboard, taken back, and lost for a reason', async ({
  app,
  company,
  mobile,
}) => {
  await opportunity(company, 'Plano anual', 1200);
  await app.goto('/funil');
  await expect(card(app, 'Novo', 'Plano anual')).toBeVisible();
  await expectAccessible(app);

  if (!mobile) {
    await card(app, 'Novo', 'Plano anual').focus();
    await app.keyboard.press('Space');
    await app.keyboard.press('ArrowRight');
    await app.keyboard.press('Space');
    await expect(card(app, 'Qualificação', 'Plano anual')).toBeVisible();
    await expect(column(app, 'Qualificação').locator('header')).toContainText('1');
    await app.getByRole('button', { name: 'Desfazer' }).click();
    await expect(card(app, 'Novo', 'Plano anual')).toBeVisible();
  }

  await card(app, 'Novo', 'Plano anual')
    .getByRole('button', { name: /^Mover/ })
    .click();
  await app.getByRole('menuitem', { name: 'Perdido' }).click();
  const dialog = app.getByRole('dialog', { name: 'Mover para Perdido' });
  const reason = dialog.getByRole('combobox', { name: 'Motivo de perda' });
  await reason.focus();
  await reason.press('ArrowDown');
  await app.getByRole('option', { name: 'Preço' }).click();
  await dialog.getByRole('button', { name: 'Mover para Perdido' }).click();
  await expect(card(app, 'Perdido', 'Plano anual')).toBeVisible();
});
