import { expect, it } from 'vitest';
import { withItsChanges } from './told';

const ana = { id: 'ana', name: 'Ana' };
const changes = { status: { from: 'sent', to: 'accepted' } };
const entry = (type: string, more: object = {}) => ({
  ...{ id: type, type, label: null, at: '2026-11-20T12:00:00.000Z', actor: ana },
  ...{ record: { id: 'p1', title: 'Plano anual' }, ...more },
});
const accepted = (more: object = {}) => entry('proposal.accepted', { label: 'aceitou', ...more });
const updated = (more: object = {}) => entry('proposal.updated', { changes, ...more });

it('puts what was changed below what was done', () => {
  const shown = withItsChanges([
    accepted({ at: '2026-11-20T12:00:00.900Z' }),
    updated(),
    entry('proposal.created'),
  ]);

  expect(shown).toEqual([
    accepted({ at: '2026-11-20T12:00:00.900Z', changes }),
    entry('proposal.created'),
  ]);
});

it('does so for each of several', () => {
  const shown = withItsChanges([accepted(), updated(), accepted(), updated()]);

  expect(shown).toEqual([accepted({ changes }), accepted({ changes })]);
});

it('knows the entries of a history, too, and those of nobody', () => {
  const of = (event: string, more: object) => ({
    ...{ event, at: '2026-11-20T12:00:00Z', actor: null, label: null, changes: {}, ...more },
  });
  const shown = withItsChanges([
    of('proposal.sent', { label: 'enviou' }),
    of('proposal.updated', { changes }),
  ]);

  expect(shown).toEqual([of('proposal.sent', { label: 'enviou', changes })]);
});

it.each([
  ['later', accepted({ at: '2026-11-20T12:00:01.001Z' }), updated()],
  ['by somebody else', accepted(), updated({ actor: { id: 'bia', name: 'Bia' } })],
  ['with another record', accepted(), updated({ record: { id: 'p2', title: 'Outro' } })],
  ['with another entity', accepted(), entry('contact.updated', { changes })],
  ['that is told below its update', updated(), accepted()],
  ['that nobody tells in words', accepted({ label: null }), updated()],
  ['that says itself what it changed', accepted({ changes }), updated()],
  ['without an update', accepted(), entry('proposal.created')],
])('leaves alone what was done %s', (_, first, second) => {
  expect(withItsChanges([first, second])).toEqual([first, second]);
});

it('leaves an update alone that has something else between', () => {
  const apart = [accepted(), entry('note.created'), updated()];

  expect(withItsChanges(apart)).toEqual(apart);
});
