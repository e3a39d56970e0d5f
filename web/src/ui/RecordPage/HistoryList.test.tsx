import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { entity, field, serve, showPage } from '@/testing/page';
import { HistoryList } from './HistoryList';

const deal = entity('deal', [field('status', 'Situação')]);
const of = (event: string, more: object) => ({
  ...{ id: event, event, at: '2026-11-20T12:00:00Z', label: null, changes: {}, version: 2 },
  ...{ actor: { id: 'me', name: 'Marina Lopes' }, operationId: null, ...more },
});
const data = [
  of('deal.accepted', { label: 'aceitou a proposta' }),
  of('deal.updated', { changes: { status: { from: 'enviada', to: 'aceita' } } }),
  of('deal.created', { at: '2026-11-19T12:00:00Z' }),
];

it('shows what was done with what it changed, and one way back to each moment', async () => {
  serve(({ path }) => (path.endsWith('/history') ? [200, { data, pagination: {} }] : undefined));
  showPage(<HistoryList entity={deal} id="d1" onAsOf={() => {}} />, { entities: [deal] });

  const history = await screen.findByRole('region', { name: 'Histórico de alterações' });
  const [deed, ...others] = within(history)
    .getAllByRole('listitem')
    .filter((item) => item.querySelector('time'));
  expect(deed).toHaveTextContent('Marina Lopes aceitou a proposta');
  expect(deed).toHaveTextContent('Situação');
  expect(within(deed!).getAllByRole('button', { name: /^Ver como era/ })).toHaveLength(1);
  expect(others).toHaveLength(1);
});

it('offers no way back where no values are kept', async () => {
  const ping = entity('ping', [], { history: 'facts' });
  const told = [of('ping.updated', {}), of('ping.created', { at: '2026-11-19T12:00:00Z' })];
  serve(({ path }) =>
    path.endsWith('/history') ? [200, { data: told, pagination: {} }] : undefined,
  );
  showPage(<HistoryList entity={ping} id="p1" onAsOf={() => {}} />, { entities: [ping] });

  const history = await screen.findByRole('region', { name: 'Histórico de alterações' });
  expect(history).toHaveTextContent('Marina Lopes alterou');
  expect(within(history).queryByRole('button', { name: /^Ver como era/ })).toBeNull();
});

it('says since when the past of an older record is kept', async () => {
  const pagination = { keptSince: '2021-12-01T12:00:00Z' };
  serve(({ path }) => (path.endsWith('/history') ? [200, { data: [], pagination }] : undefined));
  showPage(<HistoryList entity={deal} id="d1" onAsOf={() => {}} />, { entities: [deal] });

  expect(await screen.findByText(/antes de 01\/12\/2021 não é mais guardado/)).toBeVisible();
});
