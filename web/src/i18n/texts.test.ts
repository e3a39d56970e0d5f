import { expect, it } from 'vitest';
import en from './en';
import pt from './pt-BR';

function keysOf(texts: object, prefix = ''): string[] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null
      ? keysOf(value, `${prefix}${key}.`)
      : // Portuguese has a plural form that English has not.
        key.endsWith('_many')
        ? []
        : [prefix + key],
  );
}

it('says everything in both languages', () => {
  expect(keysOf(en).sort()).toEqual(keysOf(pt).sort());
});
