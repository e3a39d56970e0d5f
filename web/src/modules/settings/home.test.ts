import { expect, it } from 'vitest';
import type { Import } from '@/api/types';
import { importsThat } from './home';

const now = new Date().toISOString();
const row = (id: string, more: Partial<Import> = {}) =>
  ({ id, entity: 'contact', state: 'failed', createdAt: now, ...more }) as Import;
const any = () => true;

it('leads to the import itself when it is the only one', () => {
  expect(importsThat([row('a')], any)).toEqual({
    count: 1,
    to: { to: '/registros/contact/importar', search: { id: 'a' } },
  });
});

it('leads to all of them when there are several', () => {
  expect(importsThat([row('a'), row('b')], any)).toEqual({
    count: 2,
    to: { to: '/config/importacoes' },
  });
});

it('does not speak of what is not wanted, nor of what is long ago', () => {
  const old = row('b', { createdAt: '2020-01-01T12:00:00Z' });

  expect(importsThat([row('a'), old], ({ id }) => id !== 'a').count).toBe(0);
});
