import { afterEach, expect, it } from 'vitest';
import { setFormat } from '@/lib/format';
import { field } from '@/testing/page';
import { cellsOf, readCell } from './clipboard';

afterEach(() => setFormat({ locale: 'pt-BR' }));

it('reads the cells of a spreadsheet, whoever ends its lines', () => {
  expect(cellsOf('a\tb\r\nc\td\r\n')).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
  expect(cellsOf('a\t\tb')).toEqual([['a', '', 'b']]);
  expect(cellsOf('one')).toEqual([['one']]);
  expect(cellsOf('')).toEqual([['']]);
});

it('takes tabs, lines and quotes within quotes for text', () => {
  expect(cellsOf('"a\tb"\t"c\nd"\n"5"" pipe"\t2')).toEqual([
    ['a\tb', 'c\nd'],
    ['5" pipe', '2'],
  ]);
});

it.each([
  ['number', '1.234,5', 1234.5],
  ['money', 'R$ 1.234,56', 1234.56],
  ['money', 'caro', 'caro'],
  ['date', '18/2/26', '2026-02-18'],
  ['boolean', 'sim', true],
  ['boolean', 'não', false],
  ['choice', 'PEÇA', 'piece'],
  ['choice', 'litro', null],
  ['text', '  Mesa ', 'Mesa'],
  ['phone', '5511999998888', '+55 11 99999-8888'],
  ['tags', 'a; b', ['a', 'b']],
  ['link', 'Mesa', null],
  ['number', '', null],
])('reads as %s what is written %j', async (type, cell, value) => {
  const options = type === 'choice' ? [{ value: 'piece', label: 'Peça' }] : [];
  expect(await readCell(field('f', 'F', { type, options }), cell)).toEqual(value);
});

it('reads numbers in the language of the reader', async () => {
  setFormat({ locale: 'en' });

  expect(await readCell(field('f', 'F', { type: 'money' }), '1,234.56')).toBe(1234.56);
});
