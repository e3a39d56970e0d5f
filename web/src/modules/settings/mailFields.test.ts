import { expect, it } from 'vitest';
import { isAsked } from './mailFields';

const all = ['provider', 'host', 'password', 'fromAddress', 'sendgridKey'];

it.each([
  ['installation', ['provider']],
  ['smtp', ['provider', 'host', 'password', 'fromAddress']],
  ['sendgrid', ['provider', 'fromAddress', 'sendgridKey']],
  ['another one', ['provider']],
])('asks for what %s needs, and nothing else', (provider, asked) => {
  expect(all.filter((key) => isAsked(key, { provider }))).toEqual(asked);
});
