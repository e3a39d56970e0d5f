import type { MetaField } from '@/api/types';
import type { CustomField } from './types';

export type FieldType = CustomField['type'];

export const FIELD_TYPES: FieldType[] = [
  ...(['text', 'long_text', 'number', 'integer', 'money', 'percentage'] as const),
  ...(['date', 'datetime', 'duration', 'boolean', 'select', 'multiselect'] as const),
  ...(['phone', 'email', 'url', 'cpf', 'cnpj', 'postal_code', 'link', 'user', 'file'] as const),
];

export const hasOptions = (type: FieldType) => type === 'select' || type === 'multiselect';

/** A default person, document or moment makes no sense: it would be the same for everybody. */
export const hasDefault = (type: FieldType) =>
  !['datetime', 'phone', 'email', 'cpf', 'cnpj', 'postal_code', 'link', 'user', 'file'].includes(
    type,
  );

/** A field of this type that asks for nothing else. */
export const plainField = (type: FieldType): MetaField => ({
  ...{ key: 'defaultValue', type, label: '', required: false, readOnly: false },
  ...{ sortable: false, filterable: false, inList: false, custom: true },
});
