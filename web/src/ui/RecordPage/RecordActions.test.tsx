// What an entity declares that can be done with a record, on the record's page.
import { Notifications } from '@mantine/notifications';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import { keys } from '@/api/keys';
import type { MetaAction } from '@/api/types';
import { entity, field, serve, showPage, type Asked } from '@/testing/page';
import { EntityRecordPage } from '@/ui/EntityPage/EntityRecordPage';

let onPhone = false;
beforeEach(() => {
  onPhone = false;
});
vi.mock('@/lib/useSmallScreen', () => ({ useSmallScreen: () => onPhone }));

const open = ['draft', 'sent'];
const all: MetaAction['reach'] = 'all';
const of = (name: string, label: string, values: string[], more: Partial<MetaAction> = {}) => ({
  ...{ name, label, reach: all, when: { field: 'status', values }, fields: [] },
  ...more,
});
const reason = field('reason', 'Motivo', { required: true, max: 20 });
const ACTIONS = [
  of('send', 'Enviar', ['draft']),
  of('accept', 'Aceitar', open),
  of('reject', 'Recusar', open, { fields: [reason] }),
  of('claim', 'Assumir', open, { reach: 'own' }),
  of('reopen', 'Reabrir', ['closed'], { quiet: true }),
  { name: 'copy', label: 'Duplicar', reach: all, when: null, fields: [] },
];
const LOAN = { id: 'l1', version: 7, title: 'Reforma', status: 'draft', holder: 'other' };
const problem = (code: string, title: string, errors: object[] = []) => ({ code, title, errors });

type Answer = (asked: Asked) => [number, unknown] | undefined;
interface Shown {
  record?: object;
  asOf?: string;
  answer?: Answer;
}

async function show({ record = {}, asOf, answer = () => undefined }: Shown = {}) {
  let now = { ...LOAN, ...record };
  const heard = serve((asked) => {
    const said = answer(asked);
    if (said) return said;
    if (asked.method === 'POST') now = { ...now, status: 'accepted', version: now.version + 1 };
    return asked.path.startsWith('/api/v1/loans/l1') && !/timeline|history$/.test(asked.path)
      ? [200, now]
      : undefined;
  });
  const loan = entity('loan', [field('title', 'Título'), field('status', 'Situação')], {
    ...{ titleField: 'title', owner: 'holder', label: 'Empréstimo', actions: ACTIONS },
  });
  const client = showPage(
    <>
      <EntityRecordPage name="loan" id="l1" asOf={asOf} />
      <Notifications />
    </>,
    { entities: [loan], permissions: { loan: { read: 'all' } } },
  );
  await screen.findByRole('heading', { level: 1, name: 'Reforma' });
  const posts = () => heard.filter(({ method }) => method === 'POST');
  return { client, heard, posts };
}

const offered = () =>
  within(screen.queryByRole('group', { name: 'Ações' }) ?? document.createElement('div'))
    .queryAllByRole('button')
    .map(({ textContent }) => textContent);
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));

it('offers what fits the record as it is, the first one as the primary button', async () => {
  await show();

  expect(offered()).toEqual(['Duplicar', 'Recusar', 'Aceitar', 'Enviar']);
  const filled = screen.getByRole('button', { name: 'Enviar' });
  expect(filled).toHaveAttribute('data-variant', 'filled');
  expect(screen.getByRole('button', { name: 'Aceitar' })).toHaveAttribute(
    'data-variant',
    'default',
  );
});

it.each([
  ['sent', ['Duplicar', 'Recusar', 'Aceitar']],
  ['accepted', ['Duplicar']],
])('offers of one that is %s: %j', async (status, names) => {
  await show({ record: { status } });

  expect(offered()).toEqual(names);
});

it('offers what is for owners to the owner', async () => {
  await show({ record: { status: 'sent', holder: 'me' } });

  expect(offered()).toEqual(['Duplicar', 'Assumir', 'Recusar', 'Aceitar']);
});

it('offers nothing of what a record was', async () => {
  await show({ asOf: '2026-11-20T12:00:00Z' });

  expect(offered()).toEqual([]);
});

it('never offers a way back as what comes next', async () => {
  await show({ record: { status: 'closed' } });

  const variant = (name: string) =>
    screen.getByRole('button', { name }).getAttribute('data-variant');
  expect(variant('Reabrir')).toBe('default');
  expect(variant('Duplicar')).toBe('filled');
});

it('stands below the header on a phone, the primary button first', async () => {
  onPhone = true;
  await show();

  expect(offered()).toEqual(['Enviar', 'Aceitar', 'Recusar', 'Duplicar']);
  expect(screen.getByRole('group', { name: 'Ações' }).closest('header')).toBeNull();
});

it('runs at once, of the version that is shown, and shows what came of it', async () => {
  const { client, posts } = await show();

  const button = screen.getByRole('button', { name: 'Aceitar' });
  act(() => {
    button.click();
    button.click();
  });

  expect(await screen.findByText('“Aceitar” feito em Reforma')).toBeVisible();
  expect(posts()).toMatchObject([{ path: '/api/v1/loans/l1/accept', ifMatch: '"7"', body: {} }]);
  await waitFor(() => expect(offered()).toEqual(['Duplicar']));
  expect(client.getQueryData(keys.detail('loan', 'l1'))).toMatchObject({
    ...{ status: 'accepted', version: 8 },
  });
});

const deed = (version: number) => ({
  ...{ id: `e${version}`, event: 'loan.accepted', label: 'aceitou o empréstimo', version },
  ...{ at: '2026-11-20T12:00:00Z', actor: null, changes: {} },
});
const past =
  (version: number): Answer =>
  ({ path }) =>
    path.endsWith('/history') ? [200, { data: [deed(version)], pagination: {} }] : undefined;

it('says what was done as the history tells it', async () => {
  await show({ answer: past(8) });

  await press('Aceitar');

  expect(await screen.findByText('Você aceitou o empréstimo: Reforma')).toBeVisible();
});

it('does not say again what the history told before', async () => {
  const same: Answer = ({ method }) => (method === 'POST' ? [200, LOAN] : undefined);
  await show({ answer: (asked) => same(asked) ?? past(7)(asked) });

  await press('Duplicar');

  expect(await screen.findByText('“Duplicar” feito em Reforma')).toBeVisible();
});

it('says what the server refuses as the server says it', async () => {
  const refusal = problem('loan.closed', 'O empréstimo já foi encerrado');
  await show({ answer: ({ method }) => (method === 'POST' ? [409, refusal] : undefined) });

  await press('Aceitar');

  expect(await screen.findByText('O empréstimo já foi encerrado')).toBeVisible();
  expect(offered()).toContain('Aceitar');
});

it('shows what somebody changed meanwhile before anything is done', async () => {
  const sent = { ...LOAN, version: 8, status: 'sent' };
  let raced = false;
  const { posts } = await show({
    answer: ({ method, path, ifMatch }) => {
      if (method === 'POST' && ifMatch === '"7"') {
        raced = true;
        return [412, problem('version_mismatch', 'Recarregue')];
      }
      return raced && method === 'GET' && path.endsWith('/l1') ? [200, sent] : undefined;
    },
  });

  await press('Aceitar');

  expect(await screen.findByText(/Outra pessoa alterou este registro/)).toBeVisible();
  await waitFor(() => expect(offered()).toEqual(['Duplicar', 'Recusar', 'Aceitar']));
  await press('Aceitar');
  await waitFor(() => expect(posts().map(({ ifMatch }) => ifMatch)).toEqual(['"7"', '"8"']));
});

it('asks for what it needs to be told, and puts what is wrong at its field', async () => {
  const wrong = problem('validation', 'Confira os campos destacados', [
    { field: 'reason', code: 'short', message: 'Diga um pouco mais' },
  ]);
  const { posts } = await show({
    answer: ({ body }) => (body.reason === 'Caro' ? [422, wrong] : undefined),
  });
  await press('Recusar');
  const dialog = within(await screen.findByRole('dialog', { name: 'Recusar' }));
  const input = dialog.getByRole('textbox', { name: /Motivo/ });
  const send = () => userEvent.click(dialog.getByRole('button', { name: 'Recusar' }));

  await send();
  expect(await dialog.findByText('Campo obrigatório')).toBeVisible();
  expect(posts()).toEqual([]);
  await userEvent.type(input, 'Caro');
  await send();
  expect(await dialog.findByText('Diga um pouco mais')).toBeVisible();
  expect(input).toHaveFocus();
  await userEvent.type(input, ' demais');
  await send();

  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(await screen.findByText('“Recusar” feito em Reforma')).toBeVisible();
  expect(posts()).toMatchObject([
    { body: { reason: 'Caro' } },
    { path: '/api/v1/loans/l1/reject', ifMatch: '"7"', body: { reason: 'Caro demais' } },
  ]);
});
