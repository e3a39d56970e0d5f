import { expect, it } from 'vitest';
import { roleName } from './roleName';

it.each([
  ['Pós-venda', [], 'pos_venda'],
  ['  Caixa 2 ', [], 'caixa_2'],
  ['2º nível', [], 'nivel'],
  ['Ô', [], 'role_o'],
  ['日本', [], 'role'],
  ['Vendas', ['vendas', 'vendas_2'], 'vendas_3'],
])('%s, with %j there already, is %s', (label, taken, expected) => {
  expect(roleName(label, taken)).toBe(expected);
});

it('stays short enough for the server', () => {
  expect(roleName('a'.repeat(80), []).length).toBeLessThanOrEqual(40);
});
