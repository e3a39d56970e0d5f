import { expect, it } from 'vitest';
import { safeReturn } from './useSignedIn';

it.each([
  ['an address of ours', '/clientes?status=active', '/clientes?status=active'],
  ['nothing', undefined, '/'],
  ['another site', 'https://example.com', '/'],
  ['another site without protocol', '//example.com', '/'],
  ['another site with a backslash', '/\\example.com', '/'],
  ['a script', 'javascript:alert(1)', '/'],
])('after signing in goes to %s', (_, wanted, address) => {
  expect(safeReturn(wanted)).toBe(address);
});
