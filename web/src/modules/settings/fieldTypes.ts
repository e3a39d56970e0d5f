import type { CustomField } from './types';

export type FieldType = CustomField['type'];

export const FIELD_TYPES: FieldType[] = [
  ...(['text', 'long_text', 'number', 'integer', 'money', 'date', 'datetime'] as const),
  ...(['boolean', 'select', 'multiselect', 'phone', 'email', 'url', 'cpf', 'cnpj'] as const),
  ...(['link', 'user'] as const),
];

export const hasOptions = (type: FieldType) => type === 'select' || type === 'multiselect';

/** A default person, document or moment makes no sense: it would be the same for everybody. */
export const hasDefault = (type: FieldType) =>
  !['datetime', 'phone', 'email', 'cpf', 'cnpj', 'link', 'user'].includes(type);
