import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { serve, showPage } from '@/testing/page';
import { Reactions } from './Reactions';

const common = { pattern: 'contact.*', position: '9.1', attempts: 0, maxAttempts: 5, runAt: null };
const fine = {
  ...common,
  ...{ id: 'f', name: 'sales.count', state: 'running', waitingSince: null },
  ...{ error: null, failedEvent: null, stoppedAt: null },
};
const stopped = {
  ...fine,
  ...{ id: 's', name: 'sales.follow', state: 'stopped', error: 'contact.broken', attempts: 5 },
  ...{ stoppedAt: '2026-11-27T09:00:00Z', waitingSince: '2026-11-27T09:00:00Z' },
  failedEvent: { ...{ position: '9.2', name: 'contact.updated' }, entity: 'contact' },
};

function open() {
  let rows: object[] = [stopped, fine];
  const heard = serve(({ method }) => {
    if (method === 'GET') return [200, { data: rows }];
    rows = [{ ...stopped, state: 'running', error: null, failedEvent: null }, fine];
    return [202, { name: stopped.name, state: 'running' }];
  });
  showPage(<Reactions />);
  return () => heard.filter(({ method }) => method === 'POST').map(({ path }) => path);
}

it('says what stopped, and why', async () => {
  open();

  expect(await screen.findByText(/contact\.updated · contact\.broken · /)).toBeVisible();
  expect(screen.getByText('Parada')).toBeVisible();
  expect(screen.getByText('Em dia')).toBeVisible();
  expect(screen.getAllByRole('button', { name: /^Continuar/ })).toHaveLength(1);
});

it.each([
  [/^Continuar sales.follow/, '/api/v1/listeners/s/resume'],
  [/^Pular o evento de sales.follow/, '/api/v1/listeners/s/skip'],
])('goes on when somebody says so: %s', async (button, address) => {
  const asked = open();

  await userEvent.click(await screen.findByRole('button', { name: button }));

  await waitFor(() => expect(asked()).toEqual([address]));
  await waitFor(() => expect(screen.queryByText('Parada')).toBeNull());
});
