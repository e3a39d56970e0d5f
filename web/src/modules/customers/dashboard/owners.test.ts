import { expect, it } from 'vitest';
import { inOrder, NOBODY } from './owners';

const filter = { field: 'assignedTo', op: 'empty' };
const owner = (id: string, count: number) => ({ id, name: id, count, filter });

it('puts who has most first, those without anybody last, and leaves out who has none', () => {
  const shown = inOrder([owner(NOBODY, 90), owner('ana', 3), owner('bia', 0), owner('caio', 7)]);

  expect(shown.map(({ id }) => id)).toEqual(['caio', 'ana', NOBODY]);
});
