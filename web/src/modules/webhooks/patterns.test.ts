import { expect, it } from 'vitest';
import {
  chosenOf,
  groupsOf,
  has,
  othersOf,
  patternsOf,
  toggleEvent,
  toggleGroup,
} from './patterns';

const known = ['contact.created', 'contact.deleted', 'tag.created'].map((name) => ({
  name,
  entity: name.split('.')[0]!,
}));
const groups = groupsOf(known);
const contact = groups[0]!;

it('groups the events by what they happen to', () => {
  expect(groups).toEqual([
    { entity: 'contact', events: ['contact.created', 'contact.deleted'] },
    { entity: 'tag', events: ['tag.created'] },
  ]);
});

it('chooses all of an entity in place of single ones, and nothing of it again', () => {
  const all = toggleGroup(['tag.created', 'contact.created'], contact);

  expect(all).toEqual(['tag.created', 'contact.*']);
  expect(chosenOf(all, contact)).toBe('all');
  expect(toggleGroup(all, contact)).toEqual(['tag.created']);
});

it('leaves the others when one of all is taken away', () => {
  const rest = toggleEvent(['contact.*'], contact, 'contact.created');

  expect(rest).toEqual(['contact.deleted']);
  expect(chosenOf(rest, contact)).toBe('some');
  expect(has(rest, contact, 'contact.created')).toBe(false);
  expect(toggleEvent(rest, contact, 'contact.deleted')).toEqual([]);
});

it('keeps what only the API can ask for', () => {
  const patterns = ['*.deleted', 'contact.created', 'tag.*'];

  expect(othersOf(patterns, groups)).toEqual(['*.deleted']);
  expect(toggleEvent(patterns, contact, 'contact.created')).toContain('*.deleted');
});

it('reads what is no list as none', () => {
  expect(patternsOf(['*', 3, null])).toEqual(['*']);
  expect(patternsOf('*')).toEqual([]);
});
