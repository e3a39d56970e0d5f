import { expect, it } from 'vitest';
import type { MetaField } from '@/api/types';
import { patchOf } from '@/api/records';
import { check } from './check';
import { filledIn, touched } from '@/ui/Edit/values';
import { editable, initialValues, sectionsOf } from './formValues';

const field = (key: string, type: string, more: Partial<MetaField> = {}) =>
  ({
    key,
    type,
    label: key,
    required: false,
    readOnly: false,
    custom: false,
    ...more,
  }) as MetaField;

const fields = [
  field('name', 'text', { required: true, max: 5 }),
  field('phone', 'phone'),
  field('tags', 'tags'),
  field('status', 'choice', { default: 'active' }),
  field('customFields.plano', 'select', { custom: true }),
  field('customFields.reuniao', 'datetime', { custom: true, section: 'basic' }),
];

it('shows a record as people write it', () => {
  const values = initialValues(fields, {
    id: '1',
    name: 'Ana',
    phone: '+5511999998888',
    tags: ['vip'],
    status: 'prospect',
    customFields: { plano: 'Pro', reuniao: '2026-11-24T12:00:00Z' },
  });

  expect(values).toEqual({
    name: 'Ana',
    phone: '+55 11 99999-8888',
    tags: ['vip'],
    status: 'prospect',
    'customFields.plano': 'Pro',
    'customFields.reuniao': '2026-11-24T09:00',
  });
});

it('sends only what was changed, and blanks as null', () => {
  const initial = initialValues(fields, {
    id: '1',
    name: 'Ana',
    phone: '+5511999998888',
    tags: [],
  });
  const values = { ...initial, name: ' Ana ', phone: '', 'customFields.plano': 'Pro' };

  expect(touched({ ...initial, name: ' Ana ' }, initial)).toEqual({});
  expect(touched(values, initial)).toEqual({ phone: null, 'customFields.plano': 'Pro' });
});

it('sends defaults of a new record, and not its blanks', () => {
  const initial = initialValues(fields);

  expect(filledIn({ ...initial, name: 'Ana' }, initial)).toEqual({
    name: 'Ana',
    status: 'active',
  });
});

it('puts custom fields into their object', () => {
  expect(patchOf({ name: 'Ana', 'customFields.plano': 'Pro' })).toEqual({
    name: 'Ana',
    customFields: { plano: 'Pro' },
  });
});

it('puts custom fields last, and leaves out what the server computes', () => {
  const all = [...fields, field('lastContactAt', 'datetime', { readOnly: true })];

  expect(editable(all)).toEqual(fields);
  expect(sectionsOf(fields).map(({ name, fields: list }) => [name, list.length])).toEqual([
    ['basic', 4],
    ['custom', 2],
  ]);
});

it.each([
  [field('f', 'text', { required: true }), '  ', 'required'],
  [field('f', 'text', { max: 3 }), 'ação', 'too_long'],
  [field('f', 'text', { min: 3 }), 'ab', 'too_short'],
  [field('f', 'email'), 'ana@exemplo', 'format'],
  [field('f', 'email'), 'ana@exemplo.com.br', undefined],
  [field('f', 'url'), 'exemplo.com', 'format'],
  [field('f', 'url'), 'https://exemplo.com/a', undefined],
  [field('f', 'integer'), 1.5, 'format'],
  [field('f', 'money', { min: 0 }), -1, 'too_small'],
  [field('f', 'cnpj'), '12.ABC.345/01DE-36', 'check_digit'],
  [field('f', 'phone'), '', undefined],
])('%j with %j: %s', (one, value, code) => {
  expect(check(one, value)?.code).toBe(code);
});
