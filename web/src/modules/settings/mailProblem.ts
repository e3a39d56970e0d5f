import type { TFunction } from 'i18next';
import { callTrouble } from '@/lib/callTrouble';

export const NOT_CONFIGURED = 'not_configured';

/** Why a mail did not go out: in words where it is ours, else as the other server said it. */
export function mailProblem(t: TFunction, problem: string | null): string | undefined {
  if (!problem) return undefined;
  if (problem === NOT_CONFIGURED) return t('settings.outbox.notConfigured');
  return callTrouble(t, problem) ?? problem;
}
