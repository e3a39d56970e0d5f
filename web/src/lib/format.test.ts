import { beforeEach, describe, expect, it } from 'vitest';
import * as format from './format';

const now = new Date('2026-11-24T12:00:00Z');

beforeEach(() => {
  format.setFormat({ locale: 'pt-BR', timezone: 'America/Sao_Paulo', currency: 'BRL' });
});

describe('phone', () => {
  it.each([
    ['a mobile with country', '+5511999999999', '(11) 99999-9999'],
    ['a landline with country', '+551133334444', '(11) 3333-4444'],
    ['a mobile without country', '11999999999', '(11) 99999-9999'],
    ['a foreign number', '+14155550100', '+14155550100'],
    ['something else', 'ramal 12', 'ramal 12'],
    ['nothing', null, '—'],
  ])('%s', (_, given, shown) => {
    expect(format.phone(given)).toBe(shown);
  });

  it('with the country where it is wanted', () => {
    expect(format.phone('+5511999999999', true)).toBe('+55 11 99999-9999');
  });
});

describe('document', () => {
  it.each([
    ['a CPF', '12345678909', '123.456.789-09'],
    ['a CNPJ', '12345678000190', '12.345.678/0001-90'],
    ['a CNPJ with letters', '12abc34501de35', '12.ABC.345/01DE-35'],
    ['what is neither', '123', '123'],
  ])('%s', (_, given, shown) => {
    expect(format.document(given)).toBe(shown);
  });
});

describe('ago', () => {
  it.each([
    ['just now', '2026-11-24T11:59:40Z', 'agora'],
    ['minutes', '2026-11-24T11:10:00Z', 'há 50 minutos'],
    ['hours', '2026-11-24T09:00:00Z', 'há 3 horas'],
    ['yesterday by the calendar of São Paulo', '2026-11-24T02:30:00Z', 'ontem'],
    ['the day before yesterday', '2026-11-22T12:00:00Z', 'anteontem'],
    ['days', '2026-11-19T12:00:00Z', 'há 5 dias'],
    ['a month', '2026-10-20T12:00:00Z', 'mês passado'],
    ['a year', '2025-11-01T12:00:00Z', 'ano passado'],
    ['the future', '2026-11-27T12:00:00Z', 'em 3 dias'],
  ])('%s', (_, when, shown) => {
    expect(format.ago(when, now)).toBe(shown);
  });

  it('speaks English', () => {
    format.setFormat({ locale: 'en' });
    expect(format.ago('2026-11-19T12:00:00Z', now)).toBe('5 days ago');
  });
});

describe('money and numbers', () => {
  it('writes reais in the Brazilian way', () => {
    expect(format.brl(1234.56)).toBe('R$ 1.234,56');
    expect(format.num(100000)).toBe('100.000');
    expect(format.brl(null)).toBe('—');
  });
});

describe('dates', () => {
  it("uses the tenant's zone, not the reader's", () => {
    expect(format.dateTime('2026-11-24T01:30:00Z')).toBe('23/11/2026 22:30');
    expect(format.isoDay('2026-11-24T01:30:00Z')).toBe('2026-11-23');
  });

  it('leaves a date without a time on its day', () => {
    expect(format.date('2026-11-24')).toBe('24/11/2026');
  });

  it('heads a timeline', () => {
    expect(format.dayHeading('2026-11-24T11:00:00Z', now)).toBe('Hoje');
    expect(format.dayHeading('2026-11-14T12:00:00Z', now)).toBe('14 de novembro');
  });
});

it('takes initials of the first and the last name', () => {
  expect(format.initials('Ana Maria de Souza')).toBe('AS');
  expect(format.initials('  ')).toBe('?');
});

describe('in each language', () => {
  it.each([
    ['pt-BR', 'nov/2026', '09:05'],
    ['en', 'Nov 2026', '9:05 AM'],
  ])('%s: %s, %s', (locale, month, hour) => {
    format.setFormat({ locale });

    expect(format.monthYear('2026-11-26')).toBe(month);
    expect(format.time('2026-11-26T12:05:00Z').replace(/\s/, ' ')).toBe(hour);
  });
});
