import { createHmac } from 'node:crypto';
import { expect, expectAccessible, expectOpenAccessible, settled, test } from './fixtures';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP_S = 30;

/** What an authenticator app makes of its secret (RFC 6238). */
function codeOf(secret: string, later = 0): string {
  const bits = [...secret].map((c) => LETTERS.indexOf(c).toString(2).padStart(5, '0')).join('');
  const bytes = bits.match(/.{8}/g)!.map((byte) => parseInt(byte, 2));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 1000 / STEP_S) + later));
  const mac = createHmac('sha1', Buffer.from(bytes)).update(counter).digest();
  const number = mac.readUInt32BE(mac.at(-1)! & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

test('two steps are switched on, asked for at the door, and survived without the phone @phone', async ({
  app,
  company,
}) => {
  await app.goto('/config/perfil');
  await settled(app);
  await app.getByRole('button', { name: 'Ligar a verificação em duas etapas' }).click();
  const dialog = app.getByRole('dialog');
  await dialog.getByLabel('Senha', { exact: true }).fill(company.password);
  await dialog.getByRole('button', { name: 'Prosseguir' }).click();
  await expect(dialog.getByAltText('Imagem a ser lida')).toBeVisible();
  await expectOpenAccessible(app);
  const secret = (await dialog.getByLabel('Sem câmera?').inputValue()).replaceAll(' ', '');
  await dialog.getByLabel('Código de verificação').fill(codeOf(secret, -1));
  await dialog.getByRole('button', { name: 'Ligar agora' }).click();
  const codes = app.getByRole('list', { name: 'Códigos de recuperação' }).getByRole('listitem');
  await expect(codes).toHaveCount(10);
  const spare = await codes.first().innerText();
  await app.getByRole('button', { name: 'Guardei os códigos' }).click();
  await expect(app.getByText('10 códigos de recuperação')).toBeVisible();
  await expectAccessible(app);

  await app.evaluate(() => localStorage.clear());
  for (const code of [codeOf(secret), spare]) {
    await app.context().clearCookies();
    await app.evaluate(() => localStorage.clear());
    await app.goto('/entrar');
    await app.getByLabel('E-mail').fill(company.email);
    await app.getByLabel('Senha', { exact: true }).fill(company.password);
    await app.getByRole('button', { name: 'Entrar', exact: true }).click();
    await app.getByLabel('Código de verificação').fill(code);
    await app.getByRole('button', { name: 'Entrar', exact: true }).click();
    await expect(app.getByRole('navigation').first()).toBeVisible();
    await expect(app).not.toHaveURL(/entrar/);
  }
});
