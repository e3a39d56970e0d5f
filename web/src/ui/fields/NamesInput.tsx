import { TagsField } from '@/ui/RecordForm/TagsField';
import type { TypeInputProps } from './type';

/** Some of the records of another entity, by their names. */
export function NamesInput({ field, shared, value, onChange }: TypeInputProps) {
  const several = Array.isArray(value) ? value.map(String) : [];
  return <TagsField {...shared} target={field.target ?? ''} value={several} onChange={onChange} />;
}
