import { expect, it } from 'vitest';
import { t } from '@/i18n';
import { outcomeOf } from './bulkOutcome';

const counts = (changed: number, skipped = 0, failed = 0) => ({ changed, skipped, failed });
const said = (
  ...given: Parameters<typeof outcomeOf> extends [unknown, ...infer Rest] ? Rest : []
) => outcomeOf(t, ...given);

it.each([
  [counts(3), 'update', 'all', '3 alterados', false],
  [counts(2, 1), 'update', 'all', '2 alterados', false],
  [counts(0, 3), 'update', 'all', 'Nada mudou: já estava tudo assim', false],
  [counts(2, 3), 'update', 'own', '2 alterados, 3 fora do seu alcance', false],
  [counts(1, 0, 2), 'update', 'all', '1 alterado, 2 com erro', false],
  [counts(0, 0, 2), 'update', 'all', '0 alterados, 2 com erro', true],
] as const)('%j of %s with %s says %s', (operation, action, scope, text, failed) => {
  expect(said(operation, action, scope)).toEqual({ text, failed });
});

it('does not call it done when nothing was within reach', () => {
  const { text, failed } = said(counts(0, 3), 'delete', 'own');

  expect(failed).toBe(true);
  expect(text).toBe('Nada mudou: os 3 estão fora do seu alcance, que vai só até o que é seu');
});
