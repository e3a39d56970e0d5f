import { expect, it } from 'vitest';
import type { Import, MetaField } from '@/api/types';
import type { ImportPlan, ImportPreview } from './queries';
import {
  draftOf,
  mayBeLeftOut,
  newDraft,
  planOf,
  problemsOf,
  readAgain,
  template,
} from './importDraft';

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
  const draft = newDraft('contact', 'a.csv', preview(column(0, 'Nome', 'name'), column(1, 'X')));

  expect(planOf(draft)).toEqual({
    mode: 'upsert',
    mapping: [{ column: 0, field: 'name', onError: 'refuse_row', values: {} }],
    fixes: [],
    summaryLines: 'skip',
    summaryRows: [],
  });
});

it('is found again as the server keeps it, also where two columns have one header', () => {
  const file = preview(column(0, 'Fone', 'phone'), column(1, 'Fone'), column(2, '', 'name'));
  const said: ImportPlan = {
    mode: 'create',
    mapping: [
      { column: 1, field: 'phone', onError: 'skip_field', values: { '-': '' } },
      { column: 2, field: 'name', onError: 'refuse_row', values: {} },
    ],
    fixes: [{ row: 3, column: 1, value: '11987654321' }],
    summaryLines: 'skip',
    summaryRows: [9],
  };

  const draft = draftOf({ id: 't', fileName: 'a.csv' } as Import, file, said);

  expect(draft).toMatchObject({ chosen: { 0: null, 1: 'phone', 2: 'name' }, trial: 't' });
  expect(planOf(draft)).toEqual(said);
});

it('keeps what was decided about columns whose name stays when the file is read again', () => {
  const draft = newDraft(
    'contact',
    'a.csv',
    preview(column(0, 'Nome', 'name'), column(1, 'Situa√ß√£o')),
  );
  const before = { ...draft, chosen: { 0: null, 1: 'note' }, trial: 't', mode: 'update' as const };

  const after = readAgain(
    before,
    preview(column(0, 'Nome', 'name'), column(1, 'Situação', 'status')),
  );

  expect(after).toMatchObject({ chosen: { 0: null, 1: 'status' }, mode: 'update' });
  expect(after.trial).toBeUndefined();
});

it('sees required fields without a column, and columns that claim the same field', () => {
  const draft = newDraft(
    'contact',
    'a.csv',
    preview(column(0, 'A', 'email'), column(1, 'B', 'email')),
  );

  expect(problemsOf(draft, fields)).toEqual({
    twice: ['email'],
    joined: [],
    missing: ['name'],
    none: false,
  });
  expect(problemsOf({ ...draft, mode: 'update' }, fields).missing).toEqual([]);
  expect(problemsOf({ ...draft, chosen: { 0: null, 1: null } }, fields).none).toBe(true);
});

it('needs own fields that are required, unless they begin with a value', () => {
  const draft = newDraft(
    'contact',
    'a.csv',
    preview(column(0, 'A', 'name'), column(1, 'B', 'email')),
  );
  const own = { required: true, custom: true, type: 'text' };
  const more = [
    ...fields,
    { ...own, key: 'customFields.cnh', label: 'CNH', default: null },
    { ...own, key: 'customFields.plano', label: 'Plano', default: 'Fibra' },
  ] as MetaField[];

  expect(problemsOf(draft, more).missing).toEqual(['customFields.cnh']);
  expect(more.filter(mayBeLeftOut).map(({ key }) => key)).toEqual(['email', 'note']);
});

it('joins the parts of a name, and asks for no phone beside an e-mail', () => {
  const draft = newDraft(
    'contact',
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
