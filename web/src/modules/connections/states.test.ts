import { describe, expect, it } from 'vitest';
import type { Card, Connection } from './queries';
import { isSettled, matching } from './states';

const card = (name: string, more: Partial<Card>): Card =>
  ({ name, label: name, stage: 'active', state: 'unused', ...more }) as Card;
const cards = [
  card('PostgreSQL', { state: 'connected' }),
  card('Google', { state: 'needs_attention' }),
  card('SendGrid', {}),
  card('Stripe', { stage: 'planned', state: 'planned' }),
];
const names = (...asked: [Parameters<typeof matching>[1], string?]) =>
  matching(cards, asked[0], asked[1] ?? '', ({ label }) => label).map(({ name }) => name);

describe('the catalogue', () => {
  it('shows what is used, also when it does not work', () => {
    expect(names('used')).toEqual(['PostgreSQL', 'Google']);
  });
  it('shows what could be used, and nothing that is only planned', () => {
    expect(names('available')).toEqual(['SendGrid']);
    expect(names('planned')).toEqual(['Stripe']);
  });
  it('finds by words, whatever their case', () => {
    expect(names('all', ' stripe ')).toEqual(['Stripe']);
  });
});

const connection = (more: Partial<Connection>): Connection =>
  ({ state: 'unfinished', problem: null, checkedAt: null, ...more }) as Connection;

it.each([
  ['is under way', connection({}), false],
  ['was refused', connection({ problem: 'access_denied' }), true],
  ['is being tested', connection({ state: 'connected' }), false],
  ['works', connection({ state: 'connected', checkedAt: '2026-11-28T12:00:00Z' }), true],
])('what %s is told by its settling', (_, one, settled) => {
  expect(isSettled(one)).toBe(settled);
});
