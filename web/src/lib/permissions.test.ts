import { describe, expect, it } from 'vitest';
import { can, type Holder, type Scope } from './permissions';

const holder = (update: Scope): Holder => ({
  id: 'me',
  teamId: 'sales',
  permissions: { contact: { read: 'all', update } },
});

describe('can', () => {
  it.each([
    ['all: of anybody', 'all', { assignedTo: 'other' }, true],
    ['own: mine', 'own', { assignedTo: 'me' }, true],
    ['own: what I created', 'own', { createdBy: 'me' }, true],
    ["own: somebody else's", 'own', { assignedTo: 'other' }, false],
    ['own: in general', 'own', undefined, true],
    ['team: of my team', 'team', { assignedTo: 'other', teamId: 'sales' }, true],
    ['team: of another team', 'team', { assignedTo: 'other', teamId: 'support' }, false],
    ['none: even mine', 'none', { assignedTo: 'me' }, false],
  ] as const)('%s', (_, scope, record, allowed) => {
    expect(can(holder(scope), 'contact', 'update', record, 'assignedTo')).toBe(allowed);
  });

  it('asks the field that the entity declares for whose it is', () => {
    const ship = { captain: 'me', assignedTo: 'other' };
    expect(can(holder('own'), 'contact', 'update', ship, 'captain')).toBe(true);
    expect(can(holder('own'), 'contact', 'update', ship, 'assignedTo')).toBe(false);
    expect(can(holder('own'), 'contact', 'update', ship)).toBe(false);
  });

  it('refuses what nobody mentioned', () => {
    expect(can(holder('all'), 'contact', 'delete')).toBe(false);
    expect(can(holder('all'), 'invoice', 'read')).toBe(false);
  });
});
