import { MultiSelect, Select, Switch, Textarea, TextInput } from '@mantine/core';
import type { KeyboardEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetaField } from '@/api/types';
import { DateField } from './DateField';
import { LinkInput } from './LinkInput';
import { MaskedInput } from './MaskedInput';
import { maskCnpj, maskCpf, maskDocument } from './documents';
import { NumberField } from './NumberField';
import { maskPhone } from './phones';
import { TagsField } from './TagsField';

export interface FieldInputProps {
  field: MetaField;
  value: unknown;
  onChange: (value: unknown) => void;
  onBlur?: () => void;
  error?: ReactNode;
  /** In a cell or beside its label: the label is only read aloud. */
  bare?: boolean;
  autoFocus?: boolean;
  onKeyDown?: (event: KeyboardEvent<HTMLElement>) => void;
}

const MASKS: Record<string, (text: string) => string> = {
  phone: maskPhone,
  cpf: maskCpf,
  cnpj: maskCnpj,
  document: maskDocument,
};
const KINDS: Record<string, string> = { email: 'email', url: 'url' };

/** The input of a field, whatever its type. */
export function FieldInput(props: FieldInputProps) {
  const { field, value, onChange, onBlur, error, bare, autoFocus, onKeyDown } = props;
  const { t } = useTranslation();
  const shared = {
    label: bare ? undefined : field.label,
    'aria-label': bare ? field.label : undefined,
    withAsterisk: field.required && !bare,
    autoFocus,
    'data-autofocus': autoFocus || undefined,
    error,
    onBlur,
    onKeyDown,
  };
  const text = typeof value === 'string' ? value : '';
  const several = Array.isArray(value) ? value.map(String) : [];
  const options = (field.options ?? []).map(({ value: name, label }) => ({ value: name, label }));
  // A field that starts with a value always has one.
  const optional = !field.required && (field.default ?? null) === null;
  const mask = MASKS[field.type];
  if (mask) {
    return (
      <MaskedInput
        {...shared}
        mask={mask}
        value={text}
        onChange={onChange}
        inputMode={field.type === 'phone' ? 'tel' : undefined}
        placeholder={field.type === 'phone' ? '+55 11 99999-9999' : undefined}
      />
    );
  }
  switch (field.type) {
    case 'long_text':
      return (
        <Textarea
          {...shared}
          autosize
          minRows={bare ? 1 : 3}
          maxRows={10}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'number':
    case 'integer':
    case 'money':
      return <NumberField {...shared} type={field.type} value={value} onChange={onChange} />;
    case 'date':
    case 'datetime':
      return <DateField {...shared} type={field.type} value={value} onChange={onChange} />;
    case 'boolean':
      return bare ? (
        <Select
          {...shared}
          defaultDropdownOpened
          data={[
            { value: 'true', label: t('ui.yes') },
            { value: 'false', label: t('ui.no') },
          ]}
          value={typeof value === 'boolean' ? String(value) : null}
          onChange={(next) => onChange(next === null ? null : next === 'true')}
        />
      ) : (
        <Switch
          label={field.label}
          error={error}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case 'choice':
    case 'select':
      return (
        <Select
          {...shared}
          data={options}
          value={text || null}
          clearable={optional && !bare}
          allowDeselect={optional}
          defaultDropdownOpened={bare}
          onChange={onChange}
          clearButtonProps={{ 'aria-label': t('ui.clear') }}
        />
      );
    case 'choices':
    case 'multiselect':
      return <MultiSelect {...shared} data={options} value={several} onChange={onChange} />;
    case 'tags':
    case 'links':
      return (
        <TagsField {...shared} target={field.target ?? 'tag'} value={several} onChange={onChange} />
      );
    case 'link':
    case 'user':
      return (
        <LinkInput
          {...shared}
          target={field.target ?? 'user'}
          value={text || null}
          opened={bare}
          clearable={!field.required}
          onChange={onChange}
        />
      );
    default:
      return (
        <TextInput
          {...shared}
          type={KINDS[field.type] ?? 'text'}
          autoComplete="off"
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}
