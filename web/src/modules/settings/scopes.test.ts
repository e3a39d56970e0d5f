import { expect, it } from 'vitest';
import { actionsIn, joined, split, withActions } from './scopes';

const contact = { name: 'contact', resource: 'contacts', label: 'Clientes', actions: [] };

it('ticks and unticks what may be done with one kind of record', () => {
  const scopes = withActions(['tags.read', 'contacts.read'], contact, ['read', 'update']);

  expect(scopes).toEqual(['tags.read', 'contacts.read', 'contacts.update']);
  expect(actionsIn(scopes, contact)).toEqual(['read', 'update']);
  expect(withActions(scopes, contact, [])).toEqual(['tags.read']);
});

it('says everything of a record by one star', () => {
  expect(withActions(['contacts.read'], contact, ['read', '*'])).toEqual(['contacts.*']);
});

it('holds them as a text that is the same whatever was ticked first', () => {
  expect(joined(['b', 'a', 'b'])).toBe(joined(['a', 'b']));
  expect(split('')).toEqual([]);
});
