import { expect, it } from 'vitest';
import { fieldsAsked, isLate, isStuck } from './standing';
import { sumsOf, totalOf, withMove } from './totals';
import type { Opportunity, Stage } from './queries';
import type { MetaEntity } from '@/api/types';
import { field } from '@/testing/page';

const stage = (id: string, outcome: Stage['outcome'], more: object = {}): Stage =>
  ({ id, outcome, name: id, pipelineId: 'p', probability: 50, ...more }) as Stage;
const open = stage('open', 'open');
const won = stage('won', 'won', { probability: 100 });
const card = (more: object = {}): Opportunity =>
  ({
    id: 'c',
    title: 'Plano',
    total: 100,
    stageId: 'open',
    status: 'open',
    ...more,
  }) as Opportunity;

const one = (value: string, count: number, total: number, timeToClose = 0) => ({
  ...{ value, count },
  sums: { total, weighted: total / 2, timeToClose },
});
const counts = {
  by: 'stageId',
  total: 3,
  data: [one('open', 2, 300), one('won', 1, 50, 10 * 86_400)],
};

it('adds up what is open, and how long a win took', () => {
  const sums = sumsOf(counts, [open, won]);

  expect(sums).toEqual({ open: 300, weighted: 150, ticket: 150, cycleDays: 10 });
  expect(sumsOf(undefined, [open])).toMatchObject({ open: 0, ticket: undefined });
});

it('foresees the totals of both columns while a card is on its way', () => {
  const moved = withMove(counts, card(), 'open', won);

  expect(totalOf(moved, 'open')).toMatchObject({ count: 1, total: 200 });
  expect(totalOf(moved, 'won')).toMatchObject({ count: 2, total: 150 });
});

it('is stuck and late only while it is open', () => {
  const past = { stageDueOn: '2026-01-01', nextStepOn: '2026-01-01' };

  expect(isStuck(card(past), '2026-01-02')).toBe(true);
  expect(isLate(card(past), '2026-01-02')).toBe(true);
  expect(isStuck(card(past), '2026-01-01')).toBe(false);
  expect(isStuck(card({ ...past, status: 'won' }), '2026-01-02')).toBe(false);
});

it('asks for what a stage wants and the card does not say', () => {
  const entity = {
    fields: [
      field('value', 'Valor', { type: 'money' }),
      field('expectedClose', 'Fechamento', { type: 'date' }),
      field('lostReasonId', 'Motivo', { type: 'link' }),
      field('lostNote', 'Comentário'),
    ],
  } as MetaEntity;
  const asked = (to: Stage, of: Opportunity) => fieldsAsked(entity, to, of).map(({ key }) => key);
  const strict = stage('s', 'open', { requiredFields: ['expected_close', 'items'] });

  expect(asked(strict, card())).toEqual(['expectedClose']);
  expect(asked(strict, card({ expectedClose: '2026-12-01' }))).toEqual([]);
  expect(asked(won, card())).toEqual(['value']);
  expect(asked(stage('l', 'lost'), card())).toEqual(['lostReasonId', 'lostNote']);
});
