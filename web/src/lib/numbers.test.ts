import { afterEach, describe, expect, it } from 'vitest';
import { setFormat } from './format';
import { parseNumber, writeNumber } from './numbers';

afterEach(() => setFormat({ locale: 'pt-BR' }));

describe('a typed number', () => {
  it.each([
    ['1.234,56', 1234.56],
    ['2500,5', 2500.5],
    ['R$ 1.234,56', 1234.56],
    ['R$\u00a01.234,56', 1234.56],
    ['1234.56', 1234.56],
    ['1.234', 1234],
    ['1.234.567', 1234567],
    ['1,234.5', 1234.5],
    ['1 234,5', 1234.5],
    ['-3,5', -3.5],
    ['\u22123', -3],
    ['(10)', -10],
    [',5', 0.5],
    ['12,', 12],
    ['12,5%', 12.5],
    ['', null],
    ['  ', null],
    ['abc', undefined],
    ['1.23.4', undefined],
    ['1,2,3', undefined],
    ['--5', undefined],
  ])('%s in Portuguese is %s', (typed, value) => {
    expect(parseNumber(typed)).toBe(value);
  });

  it.each([
    ['1,234.56', 1234.56],
    ['1234.56', 1234.56],
    ['2500,5', 2500.5],
    ['1,234', 1234],
    ['$1,234.50', 1234.5],
    ['.5', 0.5],
  ])('%s in English is %s', (typed, value) => {
    setFormat({ locale: 'en' });

    expect(parseNumber(typed)).toBe(value);
  });

  it('is written so that it can be read back', () => {
    expect(writeNumber(1234.5, 2)).toBe('1.234,50');
    expect(writeNumber(0.125)).toBe('0,125');
    expect(parseNumber(writeNumber(-98765.43))).toBe(-98765.43);
  });
});
