import type { MetaField } from '@/api/types';

export const optionsOf = ({ options = [] }: MetaField) =>
  options.map(({ value, label }) => ({ value, label }));
