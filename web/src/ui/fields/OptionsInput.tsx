import { MultiSelect } from '@mantine/core';
import { optionsOf } from './optionsOf';
import type { TypeInputProps } from './type';

/** Some of the declared options. */
export function OptionsInput({ field, shared, value, onChange }: TypeInputProps) {
  const several = Array.isArray(value) ? value.map(String) : [];
  return <MultiSelect {...shared} data={optionsOf(field)} value={several} onChange={onChange} />;
}
