import { expect, it } from 'vitest';
import type { MetaField } from '@/api/types';
import type { ImportPreview } from '../queries';
import { mappingOf, newDraft, problemsOf, template } from './importDraft';

const column = (index: number, header: string, suggestedField: string | null = null) => ({
  index,
  header,
  suggestedField,
  sample: [],
});
const preview = (...columns: ReturnType<typeof column>[]) =>
  ({ uploadId: 'u', columns }) as unknown as ImportPreview;
const fields = [
  { key: 'name', label: 'Nome', required: true, type: 'text' },
  { key: 'email', label: 'E-mail' },
  { key: 'note', label: 'Obs; "livre"' },
] as MetaField[];

it('starts with what the server suggests', () => {
  const draft = newDraft('a.csv', preview(column(0, 'Nome', 'name'), column(1, 'X')));

  expect(draft.mode).toBe('upsert');
  expect(mappingOf(draft)).toEqual({
    Nome: { field: 'name', onError: 'refuse_row', values: {} },
    X: null,
  });
});

it('names columns without a header of their own by their place', () => {
  const draft = newDraft(
    'a.csv',
    preview(column(0, '', 'name'), column(1, 'Fone'), column(2, 'Fone')),
  );

  expect(mappingOf(draft)).toMatchObject({ 0: { field: 'name' }, 1: null, 2: null });
});

it('sees required fields without a column, and columns that claim the same field', () => {
  const draft = newDraft('a.csv', preview(column(0, 'A', 'email'), column(1, 'B', 'email')));

  expect(problemsOf(draft, fields)).toEqual({
    twice: ['email'],
    joined: [],
    missing: ['name'],
    none: false,
  });
  expect(problemsOf({ ...draft, mode: 'update' }, fields).missing).toEqual([]);
  expect(problemsOf({ ...draft, chosen: { 0: null, 1: null } }, fields).none).toBe(true);
});

it('joins the parts of a name, and asks for no phone beside an e-mail', () => {
  const draft = newDraft(
    'a.csv',
    preview(column(0, 'First', 'name'), column(1, 'Last', 'name'), column(2, 'Mail', 'email')),
  );
  const more = [...fields, { key: 'phone', label: 'Telefone', required: true } as MetaField];

  expect(problemsOf(draft, more)).toEqual({
    twice: [],
    joined: ['name'],
    missing: [],
    none: false,
  });
});

it('writes a template that a spreadsheet opens', async () => {
  expect(await template(fields).text()).toMatch(/Nome;E-mail;"Obs; ""livre"""\r\n$/);
});
