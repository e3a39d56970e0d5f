/// <reference types="node" />
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import en from './en';
import pt from './pt-BR';
import { withZero } from '.';

interface Text {
  key: string;
  pt: string;
  en: string;
}

function flat(texts: object, prefix = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null
      ? flat(value as object, `${prefix}${key}.`)
      : ([[prefix + key, String(value)]] as [string, string][]),
  );
}

function screens(): Text[] {
  const english = new Map(flat(en));
  return flat(pt).map(([key, text]) => ({ key, pt: text, en: english.get(key) ?? '' }));
}

/** words.json of the server, wherever a folder has one. */
function served(): Text[] {
  const root = join(process.cwd(), '../server');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('words.json'))
    .flatMap((file) => {
      const words = JSON.parse(readFileSync(join(root, file), 'utf8')) as Record<string, Text>;
      return Object.entries(words).map(([key, text]) => ({ key, pt: text.pt, en: text.en }));
    });
}

const all = [...screens(), ...served()];

// Gender and number are no other word: Criado, Criada, Criados. Nor is a verb's noun: Importar, Importação.
const stem = (text: string) =>
  text
    .toLocaleLowerCase('pt')
    .replace(/(ações|ação|ar)$/, 'ar')
    .replace(/[oa]s?$/, 'o');

/** One English word, two Portuguese ones, and rightly so. */
const DIFFERENT = [
  'to', // até a date, para a value
  'invalid e-mail', // A-DIAG-05 prescribes "Email inválido"
];

const ONE_WAY = /headers$|\.words$|_one$|_many$|_other$|\{/;

function twice(from: 'en' | 'pt', to: 'en' | 'pt'): string[] {
  const seen = new Map<string, Map<string, string>>();
  for (const text of all) {
    const term = text[from].toLocaleLowerCase();
    if (ONE_WAY.test(text.key) || term.includes('{') || term.split(' ').length > 3) continue;
    if (from === 'en' && DIFFERENT.includes(term)) continue;
    const found = seen.get(term) ?? new Map<string, string>();
    seen.set(term, found.set(to === 'pt' ? stem(text.pt) : text.en.toLocaleLowerCase(), text.key));
  }
  return [...seen]
    .filter(([, found]) => found.size > 1)
    .map(([term, found]) => `${term}: ${[...found].map((one) => one.join(' in ')).join(', ')}`);
}

describe('one word for one thing', () => {
  it('says an English term in one Portuguese way, on screens and in the API', () => {
    expect(twice('en', 'pt')).toEqual([]);
  });

  it('says a Portuguese term in one English way', () => {
    expect(twice('pt', 'en')).toEqual([]);
  });

  const BANNED: [RegExp, string][] = [
    [/\bperfil|\bperfis/i, 'função (role) or minha conta (own account)'],
    [/\bpulad[oa]/i, 'ignorado'],
    [/\bajustes\b/i, 'configurações'],
    [/\boperaç(ão|ões) em massa/i, 'alteração em massa'],
    [/tarefas? em segundo plano/i, 'trabalho do sistema'],
    [/\ba (os?|as?|um|uma) \{\{/i, 'no preposition before an article: ao, à, às'],
    [/acesso a \{\{/i, 'a sentence that needs no contraction'],
  ];
  it.each(BANNED)('%s is said otherwise: %s', (banned) => {
    const shown = all.filter(({ key }) => !/headers$|\.words$/.test(key));
    expect(shown.filter((text) => banned.test(text.pt)).map(({ key }) => key)).toEqual([]);
  });
});

it('counts nothing as many', () => {
  expect(withZero({ a_one: '{{n}} pessoa', a_other: '{{n}} pessoas', b: { c: 'x' } })).toEqual({
    a_one: '{{n}} pessoa',
    a_other: '{{n}} pessoas',
    a_zero: '{{n}} pessoas',
    b: { c: 'x' },
  });
});
