import { MultiSelect, Select, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { hasDefault, type FieldType } from './fieldTypes';
import { DateField } from '@/ui/RecordForm/DateField';
import { NumberField } from '@/ui/RecordForm/NumberField';

interface DefaultValueProps {
  type: FieldType;
  options: string[];
  value: unknown;
  error?: ReactNode;
  onChange: (value: unknown) => void;
}

/** What a new record has in this field, asked for in the way of its type. */
export function DefaultValue({ type, options, value, error, onChange }: DefaultValueProps) {
  const { t } = useTranslation();
  if (!hasDefault(type)) return null;
  const shared = { label: t('settings.fields.default'), error };
  const text = typeof value === 'string' ? value : '';
  switch (type) {
    case 'select':
      return (
        <Select
          {...shared}
          clearable
          data={distinct(options)}
          value={text || null}
          onChange={onChange}
        />
      );
    case 'multiselect':
      return (
        <MultiSelect
          {...shared}
          clearable
          data={distinct(options)}
          value={Array.isArray(value) ? (value as string[]) : []}
          onChange={onChange}
        />
      );
    case 'boolean': {
      const data = [
        { value: 'true', label: t('ui.yes') },
        { value: 'false', label: t('ui.no') },
      ];
      return (
        <Select
          {...shared}
          clearable
          data={data}
          value={typeof value === 'boolean' ? String(value) : null}
          onChange={(chosen) => onChange(chosen === null ? null : chosen === 'true')}
        />
      );
    }
    case 'number':
    case 'integer':
    case 'money':
      return <NumberField {...shared} type={type} value={value} onChange={onChange} />;
    case 'date':
      return <DateField {...shared} type={type} value={value} onChange={onChange} />;
    case 'long_text':
      return (
        <Textarea
          {...shared}
          autosize
          value={text}
          onChange={(e) => onChange(e.currentTarget.value)}
        />
      );
    default:
      return (
        <TextInput
          {...shared}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}

const distinct = (options: string[]) => [...new Set(options.map((option) => option.trim()))];
