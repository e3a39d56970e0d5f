import { beforeEach, expect, it } from 'vitest';
import { broughtBack, rememberWay, takeWay } from './providerWay';

beforeEach(() => sessionStorage.clear());

it('remembers the way once', () => {
  rememberWay({ binding: 'palavra', back: '/clientes' });

  expect(takeWay()).toEqual({ binding: 'palavra', back: '/clientes' });
  expect(takeWay()).toBeUndefined();
});

it.each([
  ['a sign-in', '/auth/google/callback?code=4%2Fx&state=s.abc', { state: 's.abc', code: '4/x' }],
  ['a refusal', '/auth/google/callback?error=access_denied&state=s.abc', { state: 's.abc' }],
])('reads %s out of the address', (_, address, brought) => {
  expect(broughtBack(address)).toMatchObject(brought);
});

it.each([
  ['a connection', '/auth/google/callback?code=x&state=c.abc'],
  ['another page', '/clientes?state=s.abc'],
  ['nothing', undefined],
])('leaves %s alone', (_, address) => {
  expect(broughtBack(address)).toBeUndefined();
});
