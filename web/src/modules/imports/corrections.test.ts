import { expect, it } from 'vitest';
import { field } from '@/testing/page';
import type { ImportPreview } from './queries';
import {
  asCell,
  correctionsOf,
  fixedTo,
  inEditor,
  isWhole,
  mendCell,
  mendedTo,
  mendValue,
  skipField,
} from './corrections';
import { newDraft } from './importDraft';

const column = (index: number, suggestedField: string) => ({ index, suggestedField });
const draft = newDraft('contact', 'a.csv', {
  columns: [column(0, 'name'), column(1, 'name'), column(2, 'email')],
} as unknown as ImportPreview);

it('mends one cell; a field of several columns stands in the first then', () => {
  const once = mendCell(draft, 'name', 4, 'Ana');
  const again = mendCell(once, 'name', 4, 'Ana Souza');

  expect(again.fixes).toEqual([
    { row: 4, column: 0, value: 'Ana Souza' },
    { row: 4, column: 1, value: '' },
  ]);
  expect(fixedTo(again, 'name', 4)).toBe('Ana Souza');
});

it('mends a value wherever it stands, and takes each correction back', () => {
  const mended = mendCell(mendValue(draft, 'email', 'ana(at)x', 'ana@x.com'), 'name', 4, 'Ana');
  const [value, cell] = correctionsOf(mended);

  expect(mendedTo(mended, 'email', 'ana(at)x')).toBe('ana@x.com');
  expect(value).toMatchObject({ field: 'email', from: 'ana(at)x', to: 'ana@x.com' });
  expect(cell).toMatchObject({ field: 'name', row: 4, to: 'Ana' });
  expect(correctionsOf(mended)).toHaveLength(2);
  expect(correctionsOf(value!.without)).toHaveLength(1);
  expect(cell!.without.fixes).toEqual([]);
});

it('leaves a field out in every column that fills it', () => {
  expect(skipField(draft, 'name', true).skips).toMatchObject({ 0: true, 1: true, 2: false });
});

it('begins with what stands in the file, and writes as a file would', () => {
  const tags = field('tags', 'Etiquetas', { type: 'tags' });
  const status = field('status', 'Situação', { type: 'choice' });

  expect(inEditor(tags, 'a; b')).toEqual(['a', 'b']);
  expect(inEditor(status, 'Vip')).toBeNull();
  expect(inEditor(field('email', 'E-mail'), 'ana(at)x')).toBe('ana(at)x');
  expect([1234.5, true, ['a', 'b'], ' x ', null].map(asCell)).toEqual([
    '1234,5',
    'true',
    'a;b',
    'x',
    '',
  ]);
});

it('knows a value of which only the beginning was told', () => {
  expect(isWhole('a'.repeat(100))).toBe(true);
  expect(isWhole('ã'.repeat(100))).toBe(false);
});
