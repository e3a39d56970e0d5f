import { Suspense, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { typeOf } from '@/ui/fields';
import { hasDefault, plainField, type FieldType } from './fieldTypes';

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
  const label = t('settings.fields.default');
  const field = { ...plainField(type), label, options: distinct(options) };
  const { Input, Default = Input } = typeOf(field);
  return (
    <Suspense key={type}>
      <Default field={field} shared={{ label, error }} value={value} onChange={onChange} />
    </Suspense>
  );
}

const distinct = (options: string[]) =>
  [...new Set(options.map((option) => option.trim()))].map((value) => ({ value, label: value }));
