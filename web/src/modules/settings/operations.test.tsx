import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { serve, showPage } from '@/testing/page';
import { OperationsPage } from './OperationsPage';

const running = {
  ...{ id: 'o', kind: 'bulk_update', title: 'Alteração de Clientes', entity: 'contact' },
  ...{ fields: ['status'], state: 'running' },
  ...{ total: 2000, processed: 500, changed: 400, skipped: 100, failed: 0, undone: 0, kept: 0 },
  ...{ createdAt: '2026-11-27T09:00:00Z', createdBy: null, finishedAt: null },
  ...{ undoableUntil: '2999-01-01T00:00:00Z', error: null, resumable: false },
};

function open(changed: number) {
  let row = { ...running, changed };
  const heard = serve(({ method, path }) => {
    if (method === 'POST') row = { ...row, state: 'cancelled' };
    if (path === '/api/v1/operations') return [200, { data: [row], pagination: {} }];
    return method === 'POST' ? [202, row] : undefined;
  });
  showPage(<OperationsPage />);
  return () => heard.filter(({ method }) => method === 'POST').map(({ path }) => path);
}

it.each([
  [400, 1],
  [0, 0],
])('a bulk change is stopped half-way; undone, if it changed anything: %d', async (done, undo) => {
  const asked = open(done);

  await userEvent.click(
    await screen.findByRole('button', { name: 'Cancelar Alteração de Clientes' }),
  );

  await waitFor(() => expect(screen.queryByRole('button', { name: /^Cancelar/ })).toBeNull());
  expect(asked()).toEqual(['/api/v1/operations/o/cancel']);
  expect(screen.queryAllByRole('button', { name: /^Desfazer/ })).toHaveLength(undo);
});
