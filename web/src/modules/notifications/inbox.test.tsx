// What somebody was told, as they see it: grouped by day, opened, marked, chosen.
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { serve, showPage, type Asked } from '@/testing/page';
import { ChoicesPage } from './ChoicesPage';
import { InboxPage } from './InboxPage';

const ana = { id: 'c1', title: 'Ana Ribeiro' };
const told = (id: string, more: object = {}) => ({
  ...{ id, kind: 'record.assigned', text: `Bia passou para você: ${id}`, count: 1 },
  ...{ entity: 'contact', entityId: 'c1', record: ana, actor: { id: 'b', name: 'Bia' } },
  ...{ at: '2026-11-20T12:00:00Z', readAt: null, ...more },
});

function open(rows: object[]) {
  let unread = rows.filter((row) => !(row as { readAt: unknown }).readAt).length;
  const asked = serve(({ method, path }) => {
    if (path.endsWith('/unread')) return [200, { unread }];
    if (method === 'POST') {
      unread = 0;
      return [200, {}];
    }
    return [200, { data: rows, pagination: { page: 1, totalPages: 1 }, unread }];
  });
  showPage(<InboxPage />);
  return asked;
}
const posts = (asked: Asked[]) => asked.filter(({ method }) => method === 'POST');

it('tells by day, and what is unread is marked by itself or all at once', async () => {
  const asked = open([
    told('um'),
    told('dois', { at: '2026-11-19T12:00:00Z', readAt: '2026-11-19T13:00:00Z' }),
  ]);

  const days = await screen.findAllByRole('region');
  expect(days).toHaveLength(2);
  expect(within(days[0]!).getByText(/Não lida/)).toBeInTheDocument();
  expect(within(days[1]!).queryByText(/Não lida/)).toBeNull();
  await userEvent.click(within(days[0]!).getByRole('button', { name: 'Marcar como lida' }));
  await waitFor(() => expect(posts(asked)[0]?.path).toBe('/api/v1/notifications/um/read'));
});

it('marks no more than what was seen', async () => {
  const asked = open([told('um')]);
  await screen.findByText(/um$/);

  const all = await screen.findByRole('button', { name: 'Marcar todas como lidas' });
  await waitFor(() => expect(all).toBeEnabled());
  await userEvent.click(all);

  await waitFor(() => expect(posts(asked)[0]?.body).toEqual({ until: '2026-11-20T12:00:00Z' }));
});

it('leads nowhere when the record is out of reach', async () => {
  open([told('um', { record: null })]);

  expect(await screen.findByText(/um$/)).toBeVisible();
  expect(screen.queryByRole('button', { name: /passou para você/ })).toBeNull();
});

it('says when there is nothing', async () => {
  open([]);

  expect(await screen.findByText('Nenhuma notificação ainda')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Marcar todas como lidas' })).toBeDisabled();
});

it('is chosen at once, and is as it was when the server refuses', async () => {
  const choice = { kind: 'record.assigned', label: 'Um registro passa a ser meu' };
  let status = 200;
  const asked = serve(({ method }) =>
    method === 'PATCH'
      ? [status, { ...choice, shown: true, mailed: false }]
      : [200, { data: [{ ...choice, shown: true, mailed: true }] }],
  );
  showPage(<ChoicesPage />);
  const tick = () =>
    screen.getByRole('checkbox', { name: 'Um registro passa a ser meu: Por e-mail' });

  await userEvent.click(await screen.findByRole('checkbox', { name: /Por e-mail/ }));
  await waitFor(() =>
    expect(asked.at(-1)?.body).toEqual({ kind: 'record.assigned', mailed: false }),
  );
  expect(tick()).not.toBeChecked();

  status = 503;
  await userEvent.click(tick());
  await waitFor(() => expect(tick()).not.toBeChecked());
});
